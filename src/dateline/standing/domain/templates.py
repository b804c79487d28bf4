"""What a title's standing pages say until its newsroom writes them: true of every title, or blank.

A blank stands in double brackets. Readers see in its place that nothing was said yet; the desk is
told that it is missing. Nothing here claims what an installation may not do.
"""

from html import escape

from dateline.standing.domain.kinds import PageKind

ENGLISH = {
    PageKind.ABOUT: """
<p>{title} is a news title. [[What the title reports on, for whom, and since when]]</p>
<h2>How we work</h2>
<p>Each story says who wrote it: our own reporters, or the agency that sent it. “How this reached
you” below a story shows the way it took. What has changed since it was published is listed under
“What changed”, with the time and the reason.</p>
<p>When we were wrong we say so, in a correction that stays with the story. When a story is
withdrawn, its address says that it was, and why.</p>
<h2>Who pays for it</h2>
<p>[[Owner, and what the title lives on]]</p>
<p>What is paid for is labelled. Nobody who pays decides what is reported.</p>
""",
    PageKind.CONTACT: """
<p>Corrections, tips, questions: somebody in the newsroom reads every message.</p>
<p><b>Post</b><br>[[Postal address of the newsroom]]</p>
<p><b>Telephone</b><br>[[Telephone number, and when it is answered]]</p>
""",
    PageKind.IMPRINT: """
<p><b>Publisher</b><br>[[Name and legal form]]</p>
<p><b>Address</b><br>[[Street, town, postal code, country]]</p>
<p><b>Represented by</b><br>[[Names]]</p>
<p><b>Responsible for the content</b><br>[[Name and address]]</p>
<p><b>Entry in a register</b><br>[[Register and number]]</p>
<p><b>Point of contact for authorities and users</b> (Regulation (EU) 2022/2065, articles 11 and
12)<br>[[E-mail address, and the languages it may be written to in]]</p>
""",
    PageKind.PRIVACY: """
<h2>Who is responsible</h2>
<p>[[Name and address of the controller, and of the data protection officer where there is one]]</p>
<h2>Your rights</h2>
<p>You may ask what is kept about you, have it put right or removed, and take a copy with you. With
an account you do all of this yourself, on its page. You may also complain to an authority.</p>
<p>[[The authority, and how long server logs are kept]]</p>
""",
    PageKind.TERMS: """
<h2>Reading</h2>
<p>You may read, link to and quote {title} as the law allows. Text and pictures belong to those who
are named with them; to publish them elsewhere, ask us or the agency first.</p>
<h2>Commenting</h2>
<p>What you write stays yours. By sending it you let us show it on this site. The
<a href="/rules/">house rules</a> say what we remove, and how to ask for another look.</p>
<h2>Law</h2>
<p>[[The law that applies, and the court]]</p>
""",
    PageKind.RULES: """
<p>We want a conversation that is worth reading. A comment may disagree with us and with everybody
else; it may not hurt people. Where we remove something we say which rule it broke.</p>
""",
}
JAPANESE = {
    PageKind.ABOUT: """
<p>{title}は報道媒体です。[[取材の対象、読者、創刊の時期]]</p>
<h2>記事について</h2>
<p>どの記事にも、書いた記者または配信した通信社の名を記しています。記事の下の「この記事が届くまで」で経路を、
「変更履歴」で公開後の変更とその時刻、理由をご覧いただけます。</p>
<p>誤りがあったときは訂正し、その訂正を記事に残します。記事を取り下げたときは、同じアドレスにその旨と理由を
示します。</p>
<h2>運営について</h2>
<p>[[所有者と主な収入]]</p>
<p>対価を受けて掲載するものには、その旨を表示します。広告主が報道の内容を決めることはありません。</p>
""",
    PageKind.CONTACT: """
<p>訂正のご指摘、情報の提供、ご質問をお寄せください。すべて編集部の者が読みます。</p>
<p><b>郵便</b><br>[[編集部の所在地]]</p>
<p><b>電話</b><br>[[電話番号と受付時間]]</p>
""",
    PageKind.IMPRINT: """
<p><b>発行者</b><br>[[名称と法人の種類]]</p>
<p><b>所在地</b><br>[[郵便番号、住所]]</p>
<p><b>代表者</b><br>[[氏名]]</p>
<p><b>編集責任者</b><br>[[氏名と連絡先]]</p>
<p><b>登記</b><br>[[登記と番号]]</p>
<p><b>当局と利用者の連絡窓口、規則 (EU) 2022/2065 第11条・第12条</b><br>
[[メールアドレスと対応する言語]]</p>
""",
    PageKind.PRIVACY: """
<h2>個人情報の取扱事業者</h2>
<p>[[名称、所在地、個人情報保護の責任者]]</p>
<h2>ご本人の権利</h2>
<p>保有する情報の開示、訂正、削除、写しの提供を求めることができます。アカウントをお持ちの方は、アカウントの
ページでご自身で行えます。監督機関に申し立てることもできます。</p>
<p>[[監督機関、アクセス記録の保存期間]]</p>
""",
    PageKind.TERMS: """
<h2>閲覧と引用</h2>
<p>{title}の記事は、法の認める範囲で自由に閲覧、リンク、引用できます。文章と写真の権利は、それぞれに記した
権利者にあります。転載には、当媒体または通信社の許諾が必要です。</p>
<h2>コメント</h2>
<p>投稿の権利は投稿者にあります。投稿により、このサイトでの表示を許諾したものとします。削除の基準と再審査の
求め方は<a href="/rules/">投稿の規則</a>をご覧ください。</p>
<h2>準拠法</h2>
<p>[[準拠法と管轄裁判所]]</p>
""",
    PageKind.RULES: """
<p>読むに値する対話の場を目指しています。当媒体や他の読者への異論は歓迎しますが、人を傷つけることは認めません。
削除するときは、どの規則によるかを示します。</p>
""",
}


def template_of(kind: PageKind, language: str, *, title: str) -> str:
    """Our text of a page in a masthead's language (BCP 47), HTML; empty for a list of people."""
    pages = JAPANESE if language.startswith("ja") else ENGLISH
    return pages.get(kind, "").strip().replace("{title}", escape(title))
