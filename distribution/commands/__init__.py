"""What changes cases and parcels: one file per noun, one frozen Struct and one verb per change."""

from staff.rules.deeds import name_deeds

name_deeds(
    {
        "open_case": "ケースの登録",
        "find_case": "ケースの照会",
        "pack_parcel": "食糧の用意",
        "hand_over": "引き渡し",
        "cancel_parcel": "用意の取消",
        "return_lines": "返品",
    },
    {"case": "ケース", "parcel": "緊急食糧支援"},
)
