"""What readers are told around jobs, in each language a masthead may have."""

from dateline.jobs.domain.kinds import Where
from dateline.jobs.domain.terms import ListingTerms

ENGLISH = {
    "title": "Jobs",
    "intro": "Open positions, the newest first. Each is taken down the day it ends.",
    "all": "All jobs",
    "filters": "Show only",
    "only_remote": "Remote",
    "only_full-time": "Full-time",
    "only_part-time": "Part-time",
    "only_contract": "Contract",
    "only_internship": "Internships",
    "only_no-japanese": "No Japanese needed",
    "only_with-salary": "With a salary",
    "empty": "No position is open",
    "empty_text": "Nothing is listed here today. New positions appear the moment they are posted.",
    "empty_only": "No position fits",
    "empty_only_text": "No open position fits this choice today.",
    "stories": "Stories about work",
    "newer": "Newer jobs",
    "older": "Older jobs",
    "employer": "Employer",
    "place": "Place",
    "salary": "Salary",
    "employment": "Employment",
    "language": "Japanese",
    "posted": "Posted",
    "until": "Last day",
    "apply": "Apply at the employer's site",
    "apply_mail": "Apply by mail",
    "apply_note": "The employer's own site opens. We are not told who applies.",
    "back": "All jobs",
    "over": "This position is no longer open",
    "over_text": "It was filled, withdrawn or has reached its last day. Other positions are open.",
    "over_at": "Closed",
    "where_onsite": "On site",
    "where_hybrid": "Partly from home",
    "where_remote": "Remote",
    "employment_full_time": "Full-time",
    "employment_part_time": "Part-time",
    "employment_contract": "Contract",
    "employment_temporary": "Temporary",
    "employment_internship": "Internship",
    "employment_volunteer": "Volunteer",
    "level_none": "None needed",
    "level_basic": "Basic",
    "level_conversational": "Conversational",
    "level_business": "Business",
    "level_fluent": "Fluent",
    "per_hour": "an hour",
    "per_day": "a day",
    "per_week": "a week",
    "per_month": "a month",
    "per_year": "a year",
    "from": "from {}",
    "up_to": "up to {}",
    "remote_in": "Remote, within {}",
    "comma": ", ",
    "week_intro": "The newest positions on our board in week {week} of {year}: {count} of them.",
    "week_end": "Every open position is on the board",
}

JAPANESE = {
    "title": "求人",
    "intro": (
        "募集中の求人を新しい順に掲載しています。募集が終わったものは、その日のうちに取り下げます。"
    ),
    "all": "すべての求人",
    "filters": "絞り込み",
    "only_remote": "在宅勤務",
    "only_full-time": "正社員",
    "only_part-time": "パート",
    "only_contract": "契約",
    "only_internship": "インターン",
    "only_no-japanese": "日本語不問",
    "only_with-salary": "給与あり",
    "empty": "募集中の求人はありません",
    "empty_text": "本日掲載中の求人はありません。新しい求人は、公開と同時にここに載ります。",
    "empty_only": "条件に合う求人はありません",
    "empty_only_text": "この条件に合う求人は、本日ありません。",
    "stories": "仕事の記事",
    "newer": "新しい求人",
    "older": "古い求人",
    "employer": "雇用主",
    "place": "勤務地",
    "salary": "給与",
    "employment": "雇用形態",
    "language": "日本語",
    "posted": "掲載",
    "until": "締切",
    "apply": "雇用主のサイトで応募する",
    "apply_mail": "メールで応募する",
    "apply_note": "雇用主のサイトが開きます。応募したかどうかは当紙に伝わりません。",
    "back": "すべての求人",
    "over": "この求人の募集は終わりました",
    "over_text": "採用が決まったか、取り下げられたか、締切を過ぎました。ほかの求人をご覧ください。",
    "over_at": "終了",
    "where_onsite": "出社",
    "where_hybrid": "一部在宅",
    "where_remote": "在宅",
    "employment_full_time": "正社員",
    "employment_part_time": "パート",
    "employment_contract": "契約",
    "employment_temporary": "派遣・短期",
    "employment_internship": "インターン",
    "employment_volunteer": "ボランティア",
    "level_none": "不問",
    "level_basic": "初級",
    "level_conversational": "日常会話",
    "level_business": "ビジネス",
    "level_fluent": "流暢",
    "per_hour": "時給",
    "per_day": "日給",
    "per_week": "週給",
    "per_month": "月給",
    "per_year": "年収",
    "from": "{}から",
    "up_to": "{}まで",
    "remote_in": "在宅（{}国内）",
    "comma": "、",
    "week_intro": "{year}年第{week}週に掲示板に載っている新しい求人、{count}件。",
    "week_end": "募集中の求人はすべて掲示板にあります",
}


def words_for(language: str) -> dict[str, str]:
    """The words in a masthead's language (a BCP 47 tag); English where there are no others."""
    return JAPANESE if is_japanese(language) else ENGLISH


def is_japanese(language: str) -> bool:
    """Whether a masthead speaks Japanese."""
    return language.startswith("ja")


def salary_text(terms: ListingTerms, *, language: str) -> str:
    """A job's salary as readers read it, or nothing where none is given."""
    w, low, high = words_for(language), terms.salary_min, terms.salary_max
    sign = "¥" if terms.salary_currency == "JPY" else f"{terms.salary_currency} "
    if low is not None and high is not None:
        amount = f"{sign}{low:,}" if low == high else f"{sign}{low:,}–{high:,}"
    elif low is not None:
        amount = w["from"].format(f"{sign}{low:,}")
    elif high is not None:
        amount = w["up_to"].format(f"{sign}{high:,}")
    else:
        return ""
    unit = w[f"per_{terms.salary_unit}"]
    return f"{unit} {amount}" if is_japanese(language) else f"{amount} {unit}"


def place_text(terms: ListingTerms, *, language: str) -> str:
    """Where a job is done, as readers read it."""
    w = words_for(language)
    if terms.where == Where.REMOTE:
        return w["remote_in"].format(terms.country)
    named = w["comma"].join(part for part in (terms.place, terms.region) if part)
    hybrid = w["where_hybrid"]
    return f"{named} · {hybrid}" if terms.where == Where.HYBRID else named
