"""What preflight says, in each language of the desk."""

from collections.abc import Mapping
from typing import Any

from dateline.newsletters.domain.edition_words import is_japanese

ENGLISH_WORDS = {
    "stories": "Stories",
    "blocks": "Blocks",
    "pictures": "Pictures",
    "links": "Links",
    "size": "Size",
    "text": "Plain text",
    "contrast": "Contrast, also in the dark",
    "one_click": "One-click unsubscribe",
    "spf": "SPF",
    "dkim": "DKIM",
    "dmarc": "DMARC",
    "good": "In order",
    "blocked": "Blocks the letter",
    "unchecked": "Could not be checked",
    "nothing": "Nothing stands in this letter.",
    "closed": (
        "“{headline}” may not be shown now: killed, withdrawn, under embargo, or not "
        "licensed for letters. Take it out."
    ),
    "no_alt": "The picture of “{headline}” has no alt text. Give it one in the picture library.",
    "empty": "The block “{title}” is empty. Fill it or leave it out.",
    "bad_link": "“{link}” is no https address.",
    "too_big": (
        "The HTML has {kb} KB ({words}); Gmail cuts off what is over {most}. Take something out."
    ),
    "no_text": "The plain-text part is empty ({words}).",
    "no_way_out": "The link to unsubscribe is missing ({words}).",
    "faint": "{found}. Change the colours of the title.",
    "not_https": "One-click unsubscribe works over https only; the title answers at {origin}.",
    "not_public": (
        "{origin} is no public address, so no receiver can reach the link. A post to it from "
        "here worked."
    ),
    "no_answer_one_click": "The link to unsubscribe answered {status} to a post, not 200.",
    "not_effective": "The link to unsubscribe answered, but the reader stayed on the list.",
    "reserved": "{domain} is a name that public DNS does not know.",
    "no_answer": "DNS did not answer: {found}. Try again.",
    "spf_missing": "{domain} has no SPF record. Publish one as TXT: v=spf1 … -all.",
    "spf_many": "{domain} has more than one SPF record; receivers then take none of them.",
    "spf_syntax": "The SPF record of {domain} has a term that is none: {found}.",
    "spf_open": (
        "The SPF record of {domain} lets everybody send in its name. End it with ~all or -all."
    ),
    "spf_lookups": "The SPF record of {domain} needs more than 10 look-ups; receivers give up.",
    "dkim_unset": "Nobody has said with which key mails are signed: DATELINE_MAIL_DKIM_SELECTORS.",
    "dkim_missing": "There is no DKIM key at {name}.",
    "dkim_revoked": "The DKIM key at {name} is revoked: its p= is empty.",
    "dkim_broken": "The DKIM key at {name} is not base64.",
    "dkim_short": "The DKIM key at {name} is too short; receivers ask for 1,024 bits and more.",
    "dmarc_missing": (
        "{domain} has no DMARC record, nor has a domain above it. Publish one: v=DMARC1; p=none."
    ),
    "dmarc_many": "{domain} has more than one DMARC record; receivers then take none of them.",
    "dmarc_policy": "The DMARC record of {domain} has no policy that is known: p={found}.",
    "dmarc_alignment": (
        "Neither the envelope ({envelope}) nor a key that signs is of {domain}: DMARC fails."
    ),
}
JAPANESE_WORDS = {
    "stories": "記事",
    "blocks": "ブロック",
    "pictures": "写真",
    "links": "リンク",
    "size": "サイズ",
    "text": "テキスト版",
    "contrast": "コントラスト(ダークモードを含む)",
    "one_click": "ワンクリック配信停止",
    "spf": "SPF",
    "dkim": "DKIM",
    "dmarc": "DMARC",
    "good": "問題なし",
    "blocked": "配信できません",
    "unchecked": "確認できませんでした",
    "nothing": "この便りには何も載っていません。",
    "closed": (
        "「{headline}」は今は載せられません。取り消し、取り下げ、解禁前、"
        "または配信の許諾がありません。外してください。"
    ),
    "no_alt": "「{headline}」の写真に代替テキストがありません。写真ライブラリーで付けてください。",
    "empty": "ブロック「{title}」が空です。埋めるか外してください。",
    "bad_link": "「{link}」は https のアドレスではありません。",
    "too_big": (
        "HTML が {kb} KB あります({words})。Gmail は {most} KB を超えた分を切ります。"
        "何かを外してください。"
    ),
    "no_text": "テキスト版が空です({words})。",
    "no_way_out": "配信停止のリンクがありません({words})。",
    "faint": "{found}。媒体の色を変えてください。",
    "not_https": "ワンクリック配信停止は https でだけ働きます。この媒体は {origin} です。",
    "not_public": (
        "{origin} は公開のアドレスではないため、受信側からは届きません。"
        "ここからの送信は成功しました。"
    ),
    "no_answer_one_click": (
        "配信停止のリンクが POST に {status} を返しました。200 ではありません。"
    ),
    "not_effective": "配信停止のリンクは応答しましたが、読者がリストに残りました。",
    "reserved": "{domain} は公開 DNS にない名前です。",
    "no_answer": "DNS が応答しませんでした: {found}。もう一度お試しください。",
    "spf_missing": "{domain} に SPF レコードがありません。TXT で公開してください: v=spf1 … -all",
    "spf_many": "{domain} に SPF レコードが複数あります。受信側はどれも使いません。",
    "spf_syntax": "{domain} の SPF レコードに誤った項があります: {found}",
    "spf_open": (
        "{domain} の SPF レコードは誰にでも送信を許しています。~all か -all で終えてください。"
    ),
    "spf_lookups": "{domain} の SPF レコードは 10 回を超える問い合わせが必要です。",
    "dkim_unset": "どの鍵で署名するかが設定されていません: DATELINE_MAIL_DKIM_SELECTORS",
    "dkim_missing": "{name} に DKIM の鍵がありません。",
    "dkim_revoked": "{name} の DKIM の鍵は失効しています。p= が空です。",
    "dkim_broken": "{name} の DKIM の鍵は base64 ではありません。",
    "dkim_short": "{name} の DKIM の鍵が短すぎます。1,024 ビット以上が必要です。",
    "dmarc_missing": (
        "{domain} にも上位のドメインにも DMARC レコードがありません。公開してください: "
        "v=DMARC1; p=none"
    ),
    "dmarc_many": "{domain} に DMARC レコードが複数あります。受信側はどれも使いません。",
    "dmarc_policy": "{domain} の DMARC レコードの方針が不明です: p={found}",
    "dmarc_alignment": (
        "エンベロープ({envelope})も署名の鍵も {domain} のものではなく、DMARC に失敗します。"
    ),
}


def words_for(language: str) -> Mapping[str, str]:
    """Every word, by key, in the language of a BCP 47 tag; English where there is none."""
    return JAPANESE_WORDS if is_japanese(language) else ENGLISH_WORDS


def said(finding: Mapping[str, Any], language: str) -> str:
    """A stored finding as a sentence; empty where all is well."""
    key = finding.get("key", "")
    text = str(words_for(language).get(key, key))
    for name, value in finding.get("told", {}).items():  # not str.format: a brace stays a brace
        text = text.replace(f"{{{name}}}", str(value))
    return text
