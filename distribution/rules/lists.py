"""Lists that a new database begins with (domain 4); each can be edited later."""

EMERGENCY_REASONS = (
    "数日間食べていない",
    "制度につながるまで",
    "生活保護申請〜決定まで",
    "保護費紛失",
    "多重債務等の収支不均衡",
    "給付・収入までのつなぎ",
    "DV避難",
    "その他",
)

REFERRAL_ROUTES = (
    "本人(来所)",
    "本人(電話・メール)",
    "家族・知人(来所)",
    "家族・知人(電話・メール)",
    "アウトリーチ",
    "関係機関・関係者紹介",
    "終結者の紹介",
    "その他",
)

CANCEL_REASONS = (
    "利用者の都合",
    "内容の入れ替え",
    "入力の誤り",
    "受け取りなし",
    "その他",
)

LISTS = {
    "emergency_reason": EMERGENCY_REASONS,
    "referral_route": REFERRAL_ROUTES,
    "cancel_reason": CANCEL_REASONS,
}
"""First entries by the name under which `kernel.choices` keeps a list."""
