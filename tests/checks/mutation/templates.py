"""Sentences with slots, French beside Japanese: those the rules were made with.

``{count}`` takes a value of that kind; ``{count.2}`` a second one.
"""

from __future__ import annotations

TEMPLATES: tuple[tuple[str, str], ...] = (
    ("La ville compte {count} et en attend davantage.", "同市には{count}があり、今後さらに増える見込みである。"),
    ("En {year}, {count} ont été recensés dans la vallée.", "{year}、この谷では{count}が確認された。"),
    ("Le festival a attiré {million} en {year}.", "同祭は{year}に{million}を集めた。"),
    ("Le projet réunit {word} de part et d’autre de la mer.", "この事業には、海を挟んで{word}が参加している。"),
    ("La séance a rassemblé {approximate} au musée.", "会合には{approximate}が美術館に集まった。"),
    ("Les travaux ont coûté {money}, pris en charge par la région.", "工事には{money}を要し、地域圏が負担した。"),
    ("Le fonds apporte {money} à chaque projet retenu en {year}.", "基金は、{year}に採択された各事業に{money}を拠出する。"),
    ("La part du vélo atteint {percent} des déplacements.", "自転車の割合は移動全体の{percent}に達する。"),
    ("Ce taux a progressé de {points} en dix ans, pour s’établir à {percent}.", "この割合は10年間で{points}上昇し、{percent}となった。"),
    ("L’accord a été signé le {date} à la mairie.", "協定は{date}、市役所で結ばれた。"),
    ("La visite a eu lieu le {weekday}.", "視察は{weekday}に行われた。"),
    ("Les délégations se sont réunies {period}.", "代表団は{period}に会合を開いた。"),
    ("Le programme s’adresse aux jeunes {interval}.", "このプログラムの対象は{interval}の若者である。"),
    ("Y ont pris part {total}.", "参加したのは、{total}である。"),
    ("L’atelier commence à {clock} dans la salle A.", "分科会は会議室Aで{clock}に始まる。"),
    ("Le parc s’étend sur {measure} le long de la rivière.", "公園は川沿いに{measure}に及ぶ。"),
    ("Cette action relève de {goal}.", "この取組は{goal}に当たる。"),
    ("Elle répond à {target}, que les deux villes ont adoptée.", "これは、両市が採用した{target}に対応する。"),
    ("L’idée est née lors des {edition}.", "この構想は{edition}の際に生まれた。"),
    ("Les parties appliquent l’{article}.", "各自治体は、{article}を適用する。"),
    ("L’exposé de {authority} portait sur l’eau potable.", "{authority}の発表は、飲料水に関するものであった。"),
    ("{person}, a ouvert la discussion.", "{person}が議論の口火を切った。"),
    ("Les collectivités participantes {mode}.", "参加自治体は、{mode}。"),
    ("Le dispositif {denial}.", "この制度は、{denial}。"),
    ("La mesure concerne {scope}.", "この措置は{scope}を対象とする。"),
    ("{host}.", "{host}。"),
    ("Depuis {year}, la commune replante {count} par an, pour {money}.", "同市は{year}以降、年間{count}を増やしており、その費用は{money}である。"),
    ("Le {date}, {person}, a présenté {goal}.", "{date}、{person}が{goal}について説明した。"),
    ("Sur {measure}, l’essai a réduit les pertes de {percent}.", "{measure}で行われた試験により、損失は{percent}減少した。"),
    ("La navette part à {clock} et transporte {approximate} chaque semaine.", "シャトル便は{clock}に出発し、毎週{approximate}を運ぶ。"),
    ("## Bilan : {percent} de déchets en moins", "## 成果：廃棄物を{percent}削減"),
    ("Les parties {mode}, conformément à l’{article}.", "各自治体は、{article}に基づき、{mode}。"),
    ("- le port : {count} ;\n- la gare : {measure} ;\n- le marché : {percent}.", "- 港：{count}\n- 駅：{measure}\n- 市場：{percent}"),
    ("| Année | Part | Coût |\n|:--|--:|--:|\n| {year} | {percent} | {money} |\n| {year.2} | {percent.2} | {money.2} |", "| 年 | 割合 | 費用 |\n|:--|--:|--:|\n| {year} | {percent} | {money} |\n| {year.2} | {percent.2} | {money.2} |"),
    ("1. former {word} avant {year} ;\n2. ouvrir {count} ;\n3. publier un bilan.", "1. {year}までに{word}を育成すること。\n2. {count}を確保すること。\n3. 報告書を公表すること。"),
    ("« {authority} a montré la voie », a dit {person}.", "「{authority}が道を示した」と、{person}は述べた。"),
    ("Signataires :\n\n{parties}", "署名者：\n\n{parties}"),
    ("Le plan[^1] prévoit {money} pour {scope}.", "計画[^1]では、{scope}に{money}を充てる。"),
)  # fmt: skip
