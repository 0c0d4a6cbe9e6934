"""Pinyin of names, so that staff may type ``wxm`` or ``wangxiao`` for 王晓明.

Surnames are often read unlike the same character elsewhere (单 is Shàn, not dān), which plain converters get
wrong; both readings are found, and the surname's own comes first. pypinyin is imported on first use: it takes
0.2 s.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


def _table(text: str) -> dict[str, str]:
    """Read ``单shan 欧阳ou'yang`` as a table from surname to syllables."""
    pairs = (re.fullmatch(r"([^a-z]+)([a-z']+)", word) for word in text.split())
    return {pair[1]: pair[2].replace("'", " ") for pair in pairs if pair}


SURNAME_READINGS: Final = _table(
    "单shan 解xie 区ou 查zha 朴piao 仇qiu 曾zeng 覃qin 翟zhai 任ren 华hua 盖ge 葛ge 缪miao 乐yue "
    "员yun 冼xian 洗xian 秘bi 纪ji 折she 逄pang 燕yan 宁ning 那na 召shao 盛sheng 谌chen 繁po 种chong "
    "黑he 佴nai 祭zhai 隗wei 郇xun 瞿qu 尹yin 宓mi 石shi 重chong 藏zang 阚kan 柏bai 薄bo 车che "
    "晁chao 褚chu 都du 干gan 贾jia 句gou 阮ruan 沈shen 宿su 洼wa 尉wei 幺yao 乜nie 哈ha 会gui 能nai "
    "过guo 莘shen 应ying 占zhan 庄zhuang 卜bu 薛xue 万wan 俞yu 牟mou 行xing 长chang 钭tou 於yu 訾zi "
    "费fei 撒sa 相xiang 殷yin "
)
"""How a one-character surname is read where another reading is commoner or possible."""

COMPOUND_SURNAMES: Final = _table(
    "欧阳ou'yang 尉迟yu'chi 万俟mo'qi 澹台tan'tai 单于chan'yu 长孙zhang'sun 令狐ling'hu 鲜于xian'yu "
    "宇文yu'wen 夏侯xia'hou 诸葛zhu'ge 东方dong'fang 上官shang'guan 司马si'ma 司徒si'tu 司空si'kong "
    "司寇si'kou 公孙gong'sun 慕容mu'rong 皇甫huang'fu 呼延hu'yan 端木duan'mu 百里bai'li 东郭dong'guo "
    "南宫nan'gong 西门xi'men 轩辕xuan'yuan 独孤du'gu 拓跋tuo'ba 赫连he'lian 濮阳pu'yang 淳于chun'yu "
    "太史tai'shi 申屠shen'tu 仲孙zhong'sun 钟离zhong'li 闾丘lv'qiu 亓官qi'guan 颛孙zhuan'sun "
    "巫马wu'ma 公西gong'xi 漆雕qi'diao 乐正yue'zheng 公冶gong'ye 宗政zong'zheng 谷梁gu'liang "
    "宰父zai'fu 第五di'wu 梁丘liang'qiu 左丘zuo'qiu 东门dong'men 叶赫ye'he 纳兰na'lan 完颜wan'yan "
    "耶律ye'lv "
)
"""Surnames of two characters, with their readings."""

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD: Final = re.compile(r"[a-z0-9]+")

Syllables = tuple[str, ...]


def surname_length(name: str) -> int:
    """Return how many characters of a person's name are the surname: two for 欧阳修, else one."""
    return 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1


def has_han(text: str) -> bool:
    """Return whether the text has a Chinese character."""
    return bool(_HAN.search(text))


@lru_cache(maxsize=8192)
def readings(name: str) -> tuple[Syllables, ...]:
    """Return how a person's name may be read, as tuples of syllables without tones, the likeliest first.

    Every reading of the first character is there, because people type what they know; the others are read as
    in running text. Letters and digits stay together in lower case; anything else is left out.
    """
    if not has_han(name):
        return (words,) if (words := tuple(_WORD.findall(name.lower()))) else ()
    if name[:2] in COMPOUND_SURNAMES:
        return ((*COMPOUND_SURNAMES[name[:2]].split(), *syllables(name[2:])),)
    spoken = syllables(name)
    found = tuple((first, *spoken[1:]) for first in _first_readings(name[0])) or (spoken,)
    return tuple(reading for reading in found if reading)


def syllables(text: str) -> Syllables:
    """Return the text as syllables without tones, as in running text (重庆 is ``chong qing``)."""
    from pypinyin import lazy_pinyin

    spoken = " ".join(lazy_pinyin(text)).lower().replace("ü", "v")
    return tuple(_WORD.findall(spoken))


def initials(name: str) -> str:
    """Return the first letters of the likeliest reading: ``wxm`` for 王晓明."""
    return "".join(syllable[0] for syllable in readings(name)[0]) if readings(name) else ""


def search_terms(name: str) -> set[str]:
    """Return what may be typed for a name: from each syllable on, in full and as initials.

    王晓明 gives wangxiaoming, xiaoming, ming, wxm, xm, m; a search takes a prefix of any of them.
    """
    terms: set[str] = set()
    for reading in readings(name):
        for start in range(len(reading)):
            terms.add("".join(reading[start:]))
            terms.add("".join(syllable[0] for syllable in reading[start:]))
    return terms


def _first_readings(char: str) -> list[str]:
    """Return the readings of a first character: the surname's own, then the common one, then the rest."""
    from pypinyin import Style, lazy_pinyin, pinyin

    if not _HAN.match(char):
        return []
    known = [SURNAME_READINGS[char]] if char in SURNAME_READINGS else []
    spoken = [*known, *lazy_pinyin(char), *pinyin(char, style=Style.NORMAL, heteronym=True)[0]]
    return [word for word in dict.fromkeys(spoken) if _WORD.fullmatch(word)]
