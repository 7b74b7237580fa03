"""The jobs of the editions, done side by side; what fails does not stop the others.

Where the system can fork, each edition has a process of its own: what a book is merged and composed
by holds the interpreter's lock, and two editions would wait for each other. Elsewhere they share
threads. Either way the files are the same, and only this process writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from pipeline import forks
from pipeline.errors import ActesError, Exit, Place, Problem, refusal
from pipeline.publishing.jobs import Job, Say

Editions = Mapping[str, Mapping[str, Job]]


@dataclass(frozen=True)
class Outcome:
    """What became of the file ``name``: its content, or none, and the problems on the way.

    ``code`` is what a job that failed asks for beyond its problems.
    """

    name: str
    content: bytes | None
    problems: tuple[Problem, ...] = ()
    code: Exit = Exit.OK


Outcomes = Generator[Outcome, None, None]


def outcomes(editions: Editions, say: Say, apart: bool = forks.FORKS) -> Outcomes:
    """Do the jobs of every edition (by file name); the outcomes as they come.

    ``apart`` gives each edition a process of its own when there are several. Whatever a job raises
    beside ActesError is raised here, and ends the others.
    """
    if apart and len(editions) > 1:
        return _in_processes(editions, say)
    jobs = {name: job for found in editions.values() for name, job in found.items()}
    return _in_threads(jobs, 2, say)


def _in_threads(jobs: Mapping[str, Job], workers: int, say: Say) -> Outcomes:
    def run(name: str) -> Outcome:
        say(name)
        return _done(name, jobs[name])

    with ThreadPoolExecutor(workers) as pool:
        try:
            for future in as_completed([pool.submit(run, name) for name in _longest_first(jobs)]):
                yield future.result()
        except BaseException:  # Ctrl-C: what has not begun does not begin
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _done(name: str, job: Job) -> Outcome:
    left_out: list[Problem] = []
    try:
        content = job(left_out)
    except ActesError as error:
        return Outcome(name, None, (*left_out, *error.problems), error.code)
    except OSError as error:
        refused = refusal(error, f"build/{name}")
        if refused is None:
            raise
        return Outcome(name, None, (*left_out, *refused.problems), refused.code)
    return Outcome(name, content, tuple(left_out))


def _longest_first(jobs: Mapping[str, Job]) -> Sequence[str]:
    return sorted(jobs, key=lambda name: (not name.endswith(".pdf"), name))


# -- an edition in a process of its own -----------------------------------------------------------


def _in_processes(editions: Editions, say: Say) -> Outcomes:
    cores = forks.cores()
    threads = -(-cores // len(editions))  # no core is left without work
    jobs = list(editions.values())

    def begun(some: Mapping[str, Job]) -> Callable[[], list[Outcome]]:
        for name in some:
            say(name)
        return lambda: list(_in_threads(some, threads, lambda _words: None))

    for edition, found in forks.answers(map(begun, jobs), cores + 1):
        yield from _crashed(jobs[edition]) if found is None else found


def _crashed(jobs: Mapping[str, Job]) -> Iterable[Outcome]:
    crash = Problem("edition-crashed", Place(""), {"names": ", ".join(jobs)})
    return [Outcome(name, None, (crash,)) for name in jobs]
