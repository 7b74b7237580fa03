"""A declaration in memory for the tests: two texts read by pandoc, a dossier made of them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.declaration import concordance
from pipeline.declaration.dossier import Dossier, dossier
from pipeline.texts.metadata import Metadata
from pipeline.texts.read import Text, read_body
from pipeline.texts.source import parse_source
from pipeline.workspace.layout import Kind, TextFile

FRENCH = """\
---
title: Déclaration d’essai
---

# Préambule {#preambule}

## Histoire {#histoire}

Les Rencontres existent depuis 2008.

# Économie {#economie}

## Circuits courts {#circuits}

Les collectivités s’engagent à :

1. acheter local ;
2. []{#former}former les agents.

## Suivi {#suivi}

Dans le prolongement de l’[](#circuits), de l’[](#former) et du préambule ([](#histoire)), elles rendent compte en 2026.
"""
JAPANESE = """\
---
title: 試行宣言
---

# 前文 {#preambule}

## 歩み {#histoire}

会議は2008年に始まった。

# 経済 {#economie}

## 地産地消 {#circuits}

参加自治体は、次のことを約束する。

1. 地元のものを購入すること。
2. []{#former}職員を育成すること。

## フォローアップ {#suivi}

[](#circuits)、[](#former)及び前文（[](#histoire)）に続き、2026年に報告する。
"""
LANGUAGES = ("fr", "ja")


def text_of(language: str, content: str) -> Text:
    """A declaration's text as `read_texts` gives it."""
    path = f"sources/declaration/declaration.{language}.md"
    source = parse_source(path, content.encode())
    body, problems = read_body(source)
    assert body is not None
    title = next(
        line.removeprefix("title: ")
        for line in (source.front or "").splitlines()
        if "title: " in line
    )
    file = TextFile(path, "declaration", "declaration", language, Kind.DECLARATION)
    return Text(file, source, Metadata(title=title), body, tuple(problems))


def of(texts: Mapping[str, str], agreed: str = "") -> Dossier:
    """The dossier of texts, with what concordance.yaml says."""
    read = {language: text_of(language, content) for language, content in texts.items()}
    return dossier(LANGUAGES, read, concordance.parse(agreed)[0])
