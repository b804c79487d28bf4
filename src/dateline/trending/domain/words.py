"""The words of the block and of the page that says how it is made, in each language."""

from collections.abc import Mapping

from dateline.trending.domain.rank import Listed, Reason

ENGLISH = {
    "title": "Articles, Offers & Useful Resources",
    "about": "A mix of what's trending on our other sites",
    "how": "How this list is made",
    "why": "Why each of these is here",
    "offer": "Offer",
    "most_read": "Most read",
    "rising": "Rising",
    "discussed": "Most discussed this week",
    "empty": "There is nothing to list yet.",
    "how_1": (
        "Every story of our sister sites is compared with what is usual on its own site, so that a "
        "small site can win. What counts is a story that somebody had open for ten seconds. A read "
        "of the last hour weighs most, one of yesterday little, and one person counts once in six "
        "hours."
    ),
    "how_2": (
        "A story needs readers from at least two kinds of places: a search, a mail, another site. "
        "What comes in a burst through one door is not believed. A read that came from this list "
        "counts for little, so that nothing is listed because it is listed."
    ),
    "how_3": (
        "No site has more than half of the list and no section more than two stories. Stories "
        "about suffering are left out. One slot tries a new story. Our editors may pin, lift or "
        "take out a story for some days, and each such decision is kept with its reason. Offers "
        "are always labelled; nobody can pay for the other places."
    ),
    "how_4": (
        "We keep no cookie for this and follow nobody from site to site: a reader is a number that "
        "is made anew each day and for each site, and thrown away."
    ),
    "read": (
        "{readers} readers a day from {sources} kinds of places; {times} above its site's usual."
    ),
    "boosted": "Our editors lifted it; {readers} readers a day.",
    "pinned": "Our editors put it here.",
    "tried": "New: this slot finds out whether you want to read it.",
    "newest": "Among the newest of its site.",
    "spreads": "{} spreads",
}
JAPANESE = {
    "title": "記事・特典・お役立ち情報",
    "about": "姉妹サイトで今読まれているもの",
    "how": "この一覧のつくりかた",
    "why": "それぞれの記事がここにある理由",
    "offer": "特典",
    "most_read": "よく読まれている記事",
    "rising": "急上昇",
    "discussed": "今週もっとも話題の記事",
    "empty": "まだ載せるものがありません。",
    "how_1": (
        "姉妹サイトの記事を、それぞれのサイトのふだんの読まれかたと比べます。小さなサイトの記事も上に"
        "来られます。数えるのは10秒以上開かれた記事だけです。直近1時間がもっとも重く、昨日のものは軽く、"
        "同じ人は6時間に1回だけ数えます。"
    ),
    "how_2": (
        "検索、メール、ほかのサイトなど、二種類以上の場所から読まれていることが条件です。ひとつの経路から"
        "一度に押し寄せた閲覧は数えません。この一覧から開かれた分は軽く数えます。"
    ),
    "how_3": (
        "一つのサイトは半分まで、一つの面は二本までです。痛ましい出来事の記事は載せません。一枠は新しい記事を"
        "試します。編集者は期限を決めて記事を固定し、上げ、外すことができ、その判断は理由とともに残ります。"
        "特典には必ず表示があり、ほかの枠をお金で買うことはできません。"
    ),
    "how_4": (
        "このためのクッキーは使わず、サイトをまたいで人を追うこともありません。読者は毎日、サイトごとに新しく"
        "作られ捨てられる番号です。"
    ),
    "read": "1日に{readers}人、{sources}種類の場所から。サイトのふだんより{times}上。",
    "boosted": "編集者が上げました。1日に{readers}人。",
    "pinned": "編集者が選びました。",
    "tried": "新着。この枠は、読みたい人がいるかを確かめます。",
    "newest": "サイトの新着です。",
    "spreads": "ばらつき{}個分",
}


def words_for(language: str) -> Mapping[str, str]:
    """Words in a masthead's language; English where there are none."""
    return JAPANESE if language.startswith("ja") else ENGLISH


def why(item: Listed, words: Mapping[str, str]) -> str:
    """Say in words what a story's place is made of."""
    times = words["spreads"].format(f"{item.z:.1f}")
    text = words[Reason(item.reason).value]
    return text.format(readers=item.readers, sources=item.sources, times=times)
