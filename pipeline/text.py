"""Characters: folding one for one before matching, and squeezing before comparing.

Matching runs on `fold(text)`, which has the length of *text*, so that both share their offsets. Comparison runs on
`squeeze(text)`, which drops white space and may change the length.
"""

import re
import unicodedata

# Full-width forms that have one ASCII counterpart: （ ％ ５ Ａ ：, and the ideographic space.
# Circled and parenthesised numbers are left alone: NFKC makes ① a plain 1, which means something else.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D), ord("-"))
_TILDES = dict.fromkeys((0x301C, 0x223C, 0xFF5E), ord("~"))
_BLANKS = dict.fromkeys((0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x205F, 0x200B, 0xFEFF), ord(" "))
_MARKS = {ord("【"): ord("["), ord("】"): ord("]"), ord("〔"): ord("["), ord("〕"): ord("]"), ord("﹝"): ord("["),
          ord("﹞"): ord("]"), ord("［"): ord("["), ord("］"): ord("]"), ord("•"): ord("·"), ord("・"): ord("·"),
          ord("．"): ord("."), ord("﹒"): ord("."), ord("﹪"): ord("%")}  # fmt: skip
# Characters of official prose that only traditional print has, so that a text in it is matched by the same words.
_TRADITIONAL = (
    "雲嵐縣區鄉鎮門務實為國會發業規總與對於開設執機監進強報導員關權責賣買質貫賠賬資賦財貧貨費貸貴貿賀賽贊"
    "黨團圍圖場壓壞壟壯聲處備復夠頭夾奪奮獎婦學寧審寬寶將專尋屆層屬歲島師帳帶幫幹庫應廟廠廣廢張彈當徑從後"
    "徵愛態慣慮憑憲懇懲懷戰戶擇擊擔據擬擴攔敗敵數斷時晉暫術東條來極構標樣樓檔檢櫃歡歷歸殘殺毀氣決沒況淨減"
    "測渾溝滅滿漢潛澤濟濕災無煙煉煩熱營獨獻環現產畫異療盡盤眾確礎礙禮禍種稱穩積穫窮競筆節範築簡簽籌類糾級"
    "紅約紙純細終組經結絕給絡統繼綜維網緊線編練緣縮績織續罰罷義習聖聯職肅腦腳舉舊艱藝藥蘭蘇號補裝製複見視"
    "親覺覽觀觸計訂討訊訓記許訴評詞試詢該詳認語誤說課調談請諮諾謀講證識譯議護變讓販貼賓趙趨跡踐車軌軍軟較"
    "載輔輕輸轄轉農連週運過達違遞遠適遲選還邊鄰醫釋鑒針鈔銀銷錄錢錯鍵鐵長閉問間閱闊隊陽陰階際隨險雙雜離難"
    "電靈靜響頁項順須預領頒題額顯顧風飛飲飯養館驗駐驅體鬥魚鮮鳥點齊齒龍豐辦個們傳傷億優儲兒兩冊寫則創劃劇"
    "劉剛勞勢動勝協單參嗎嚴喪園墊壇陳陸鄭鄧錦閩隴"
)
_SIMPLIFIED = (
    "云岚县区乡镇门务实为国会发业规总与对于开设执机监进强报导员关权责卖买质贯赔账资赋财贫货费贷贵贸贺赛赞"
    "党团围图场压坏垄壮声处备复够头夹夺奋奖妇学宁审宽宝将专寻届层属岁岛师帐带帮干库应庙厂广废张弹当径从后"
    "征爱态惯虑凭宪恳惩怀战户择击担据拟扩拦败敌数断时晋暂术东条来极构标样楼档检柜欢历归残杀毁气决没况净减"
    "测浑沟灭满汉潜泽济湿灾无烟炼烦热营独献环现产画异疗尽盘众确础碍礼祸种称稳积获穷竞笔节范筑简签筹类纠级"
    "红约纸纯细终组经结绝给络统继综维网紧线编练缘缩绩织续罚罢义习圣联职肃脑脚举旧艰艺药兰苏号补装制复见视"
    "亲觉览观触计订讨讯训记许诉评词试询该详认语误说课调谈请咨诺谋讲证识译议护变让贩贴宾赵趋迹践车轨军软较"
    "载辅轻输辖转农连周运过达违递远适迟选还边邻医释鉴针钞银销录钱错键铁长闭问间阅阔队阳阴阶际随险双杂离难"
    "电灵静响页项顺须预领颁题额显顾风飞饮饭养馆验驻驱体斗鱼鲜鸟点齐齿龙丰办个们传伤亿优储儿两册写则创划剧"
    "刘刚劳势动胜协单参吗严丧园垫坛陈陆郑邓锦闽陇"
)
_SCRIPT = dict(zip(map(ord, _TRADITIONAL), map(ord, _SIMPLIFIED), strict=True))
_FOLD = {
    chr(char): chr(plain) for char, plain in {**_WIDE, **_DASHES, **_TILDES, **_BLANKS, **_MARKS, **_SCRIPT}.items()
}
# Few characters of a text have a plain form, so that finding them costs a tenth of translating all.
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLD))}]")


def fold(text: str) -> str:
    """Return *text* with each full-width, variant or traditional character as its plain one, of the same length.

    >>> fold("（１）达９５％，见〔２０２２〕１２号")
    '(1)达95%,见[2022]12号'
    """
    return _FOLDABLE.sub(lambda match: _FOLD[match[0]], text)


def squeeze(text: str) -> str:
    """Return *text* after NFKC and without white space: what two spellings of one passage have in common.

    >>> squeeze("１ 386 人")
    '1386人'
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not char.isspace())


def is_chinese(char: str) -> bool:
    """Say whether *char* is a Chinese character (CJK unified ideographs, extension A and 〇)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"
