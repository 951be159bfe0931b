"""What the neighbours say: captions, remarks, names and passwords, in English and Japanese."""

from random import Random

THINGS = {
    "en": [
        "the veranda", "the old persimmon tree", "our street", "the pond", "the tabby from number 7", "the tofu cart",
        "the paper lantern", "the morning market", "the bath house chimney", "the river bank", "the level crossing",
        "the schoolyard", "the bamboo fence", "the noticeboard", "the fishmonger's cat", "the moss garden",
        "the weathervane", "the last tram", "the plum blossom", "the shrine steps", "grandmother's radio",
    ],
    "ja": [
        "縁側", "柿の木", "うちの路地", "池の鯉", "七番地の三毛猫", "豆腐屋の屋台", "提灯", "朝市", "銭湯の煙突",
        "川べり", "踏切", "校庭", "竹垣", "回覧板", "魚屋の猫", "苔の庭", "風見鶏", "終電", "梅の花", "石段",
        "祖母のラジオ",
    ],
}  # fmt: skip
TIMES = {
    "en": [
        "at dawn", "after the rain", "on a quiet Sunday", "just before supper", "in the first frost", "at noon",
        "while the kettle boiled", "during the power cut", "in the evening sun", "after the festival", "last week",
    ],
    "ja": [
        "夜明け", "雨上がり", "静かな日曜", "夕飯の前", "初霜の朝", "正午", "湯が沸くまで", "停電の晩", "夕日の中",
        "祭りのあと", "先週",
    ],
}  # fmt: skip
CAPTIONS = {
    "en": [
        "{thing}, {time}.", "I found {thing} like this {time}.", "Who else saw {thing} {time}?",
        "{time}: {thing}, and nobody about.", "For everyone who misses {thing}.", "Trying out a new lens on {thing}.",
        "{thing}. It was {number} years ago that I last looked properly.",
    ],
    "ja": [
        "{time}の{thing}。", "{time}、{thing}をぼんやり眺めた。", "{thing}、今年で{number}年目。",
        "誰か{time}に{thing}を見た?", "{thing}が好きな人へ。", "新しいレンズで{thing}を撮ってみた。",
        "{time}、{thing}の前で立ち止まった。",
    ],
}  # fmt: skip
REMARKS = {
    "en": [
        "I walked past {thing} {time} and never noticed.", "Lovely. {thing} looks different {time}.", "That light!",
        "My {number} neighbours all say the same.", "Is that {thing}?", "Come over {time}, there is tea.",
        "You should see {thing} {time}.", "We counted {number} of them {time}.", "This made me miss {thing}.",
        "Number {number} has the better view, sorry.", "How did you get so close?", "It will rain {time}, I am sure.",
        "I have one just like it, from {time}.", "Please bring {number} copies to the meeting.", "Good eye.",
    ],
    "ja": [
        "{time}に通ったのに気づかなかった。", "{thing}、{time}だとまた違って見える。", "いい光。", "これ、{thing}?",
        "{time}にお茶を飲みに来て。", "{thing}を思い出した。", "{number}匹まで数えた。",
        "うちは{number}番地、すぐ裏です。", "どうやって撮ったの?", "{time}はきっと雨。",
        "同じものを{time}に見た。", "{number}年前とちっとも変わらない。",
        "{thing}なら負けない。", "次の寄り合いに持って来て。", "静かでいいなあ。",
    ],
}  # fmt: skip
MARKED = [
    "Fish & chips", "1 < 2, and 3 > 2", 'She said "miso"', "it's o'clock", "<b>not bold</b>", "salt &amp; pepper",
    "A&B's \"shop\" <3", "100 % {cotton}", "回覧板 <至急>", "「猫」&「犬」", "'quoted' \"twice\"", "back\\slash",
]  # fmt: skip
SMILES = ["🐈", "🍵", "🌸", "🏮", "🍂", "👏", "☔", "🎐", "🍡", "👵🏻"]
SYLLABLES = [
    "ka", "ki", "ku", "sa", "shi", "su", "ta", "chi", "to", "na", "ni", "no", "ha", "hi", "fu", "ma", "mi", "mo", "ya",
    "yu", "ra", "ri", "ru", "wa",
]  # fmt: skip
CALLINGS = [
    "cat", "tea", "moss", "rain", "plum", "kite", "crow", "lamp", "reed", "snow", "bell", "pine", "carp", "noodle",
]  # fmt: skip
SECRETS = [
    "anchor", "barley", "candle", "dragon", "ember", "fossil", "garlic", "hammer", "island", "jigsaw", "kettle",
    "ladder", "magnet", "needle", "orchid", "pepper", "quartz", "ribbon", "saddle", "timber", "umbrella", "violin",
    "walnut", "yonder", "zipper", "acorn", "bucket", "copper", "donkey", "engine",
]  # fmt: skip


def sentence(source: Random, templates: dict[str, list[str]]) -> str:
    """One sentence, now and then with what HTML must escape, or with an emoji."""
    tongue = source.choice(["en", "ja"])
    said = source.choice(templates[tongue]).format(
        thing=source.choice(THINGS[tongue]), time=source.choice(TIMES[tongue]), number=source.randrange(3, 99)
    )
    return said[0].upper() + said[1:] + _tail(source)


def _tail(source: Random) -> str:
    draw = source.random()
    if draw < 0.05:
        return f" {source.choice(MARKED)}"
    return f" {source.choice(SMILES)}" if draw < 0.17 else ""


def caption(source: Random) -> str:
    """What stands under a picture."""
    return sentence(source, CAPTIONS)


def remark(source: Random) -> str:
    """What somebody says about a picture."""
    return sentence(source, REMARKS)


def names(source: Random, count: int) -> list[str]:
    """So many names, no two of which differ only in case."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[_name(source)] = None
    return list(found)


def _name(source: Random) -> str:
    given = "".join(source.choices(SYLLABLES, k=source.randrange(2, 4)))
    draw = source.random()
    if draw < 0.4:
        return f"{given}_{source.choice(CALLINGS)}"
    return f"{given}{source.randrange(10, 100)}" if draw < 0.8 else f"{given}{source.choice(CALLINGS)}"


def password(source: Random) -> str:
    """Three words and a number, which have nothing to do with the name."""
    return f"{'-'.join(source.choices(SECRETS, k=3))}-{source.randrange(100, 1000)}"
