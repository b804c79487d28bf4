"""What readers are told around polls, in each language a masthead may have."""

ENGLISH = {
    "poll": "Poll",
    "vote": "Vote",
    "results": "Results",
    "to_results": "See the results",
    "change": "Change my vote",
    "keep": "Back to the results",
    "yours": "Your vote",
    "votes_none": "No votes yet",
    "votes_one": "1 vote",
    "votes_many": "{} votes",
    "opens": "Opens {}",
    "closes": "Closes {}",
    "closed": "Closed {}",
    "back": "Back to the story",
    "counted": "Your vote is counted.",
    "vote_first": "Results are shown once you have voted, or when the poll has closed.",
    "choose_one": "Choose an answer. Nothing is counted yet.",
    "not_open": "This poll is not open yet. Nothing was counted.",
    "over": "This poll has closed. Your vote was not counted.",
    "elsewhere": "This form was sent from another site, so nothing was counted. Vote here.",
    "too_many": "Many votes came from your connection in the last hour. Try again later.",
    "no_answer": "That answer is not among those of this poll. Choose again.",
    "note": "Readers of this site who chose to answer. It does not stand for the public.",
    "one_each": "One vote for each account, or for each browser that is not signed in. "
    "A cookie is set when you vote, so that you can change your mind.",
}

JAPANESE = {
    "poll": "アンケート",
    "vote": "投票する",
    "results": "結果",
    "to_results": "結果を見る",
    "change": "投票を変更する",
    "keep": "結果に戻る",
    "yours": "あなたの投票",
    "votes_none": "まだ投票はありません",
    "votes_one": "1票",
    "votes_many": "{}票",
    "opens": "受付開始 {}",
    "closes": "受付終了 {}",
    "closed": "{}に終了",
    "back": "記事に戻る",
    "counted": "投票を受け付けました。",
    "vote_first": "結果は投票後、または受付終了後に表示されます。",
    "choose_one": "回答を選んでください。まだ投票されていません。",
    "not_open": "まだ受付が始まっていません。投票は数えられていません。",
    "over": "受付は終了しました。投票は数えられていません。",
    "elsewhere": "別のサイトから送られたため、数えられていません。こちらから投票してください。",
    "too_many": "この1時間に同じ接続から多くの投票がありました。時間をおいてお試しください。",
    "no_answer": "その回答はこのアンケートにありません。もう一度選んでください。",
    "note": "回答した本サイト読者の結果であり、世論を代表するものではありません。",
    "one_each": "1アカウント1票、ログインしていない場合は1ブラウザー1票です。"
    "投票時に、変更できるようにするためのCookieを保存します。",
}


def words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if language.startswith("ja") else ENGLISH
