"""What changes about the givers and what they bring: one file per noun."""

from staff.rules.deeds import name_deeds

name_deeds(
    {
        "add_organization": "団体の登録",
        "edit_organization": "団体の変更",
        "add_agreement": "合意書の登録",
        "end_agreement": "合意書の解除",
        "log_donation": "寄付の登録",
        "inspect_donation": "寄付の検品",
    },
    {"organization": "団体", "donation": "寄付"},
)
