"""The joint declaration in a draft: every clause once, beside its counterpart; what is missing."""

from __future__ import annotations

from pathlib import Path

from tests.support.workspace import EVENT, Outcome, actes, docx_text, make_workspace

HEAD = "---\ntitle: {title}\n---\n\n"


def declaration(title: str, *clauses: tuple[str, str]) -> str:
    """A declaration with one section and clauses: id (may be empty) and words."""
    parts = [HEAD.format(title=title), "# Section {#s}\n"]
    for identifier, words in clauses:
        mark = f" {{#{identifier}}}" if identifier else ""
        parts.append(f"\n## Titre{mark}\n\n{words}\n")
    return "".join(parts)


def built(folder: Path, texts: dict[str, str], *, event: str | None = None) -> tuple[Outcome, str]:
    texts = {f"declaration/declaration.{tag}.md": text for tag, text in texts.items()}
    if event is not None:
        texts["event.yaml"] = event
    root = make_workspace(folder, texts=texts, formats=["docx"])
    done = actes(root, "build", "declaration-original-fr")
    file = root / "build/declaration-original-fr.docx"
    return done, docx_text(file) if file.exists() else ""


def test_a_clause_given_twice_is_printed_and_said(tmp_path: Path) -> None:
    french = declaration("D", ("a", "Premier."), ("b", "Deuxième."))
    japanese = declaration("宣言", ("a", "第一。"), ("b", "第二。"), ("b", "第三。"))
    done, text = built(tmp_path, {"fr": french, "ja": japanese})
    assert done.code == 1
    assert "[id-duplicate]" in done.err
    assert [text.count(words) for words in ("Premier.", "Deuxième.", "第一", "第二", "第三")] == [
        1
    ] * 5


def test_clauses_without_an_id_are_all_printed(tmp_path: Path) -> None:
    french = declaration("D", ("", "Premier."), ("", "Deuxième."), ("c", "Dernier."))
    japanese = declaration("宣言", ("c", "最後。"))
    done, text = built(tmp_path, {"fr": french, "ja": japanese})
    assert done.err.count("[clause-without-id]") == 2
    assert "[clause-missing]" not in done.err
    assert [text.count(words) for words in ("Premier.", "Deuxième.", "Dernier.", "最後")] == [1] * 4


def test_the_preamble_is_not_numbered_whatever_language_names_it(tmp_path: Path) -> None:
    for number, name in enumerate(("preambule", "zenbun", "preamble")):
        begin = f"# Préambule {{#{name}}}\n\n## Considérant {{#k}}\n\nVu.\n\n"
        texts = {
            "fr": HEAD.format(title="D") + begin + "# Fin {#s}\n\n## Titre {#a}\n\nPremier.\n",
            "ja": HEAD.format(title="宣言") + begin + "# 終 {#s}\n\n## 題 {#a}\n\n第一。\n",
        }
        done, text = built(tmp_path / str(number), texts)
        assert done.code == 0, done.err
        assert "第1条" in text
        assert "第2条" not in text


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    done, text = built(tmp_path, {"fr": declaration("D", ("a", "Premier."))})
    assert done.code == 1
    assert "sources/declaration/declaration.ja.md" in done.err
    assert "[declaration-missing]" in done.err
    assert text == ""


def test_without_any_text_an_event_has_no_declaration(tmp_path: Path) -> None:
    done, _text = built(tmp_path, {})
    assert done.code == 1
    assert "[declaration-none]" in done.err
    assert "[declaration-missing]" not in done.err


def test_two_texts_of_three_make_a_draft_that_says_so(tmp_path: Path) -> None:
    event = (EVENT % ("docx", "docx")).replace("[fr, ja]", "[fr, ja, en]")
    event = event.replace("{fr: ", "{en: X, fr: ")
    texts = {"fr": declaration("D", ("a", "Premier.")), "ja": declaration("宣言", ("a", "第一。"))}
    done, text = built(tmp_path, texts, event=event)
    assert done.code == 1
    assert "sources/declaration/declaration.en.md" in done.err
    assert "[declaration-missing]" in done.err
    assert "Premier." in text
