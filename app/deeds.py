"""What the audit trail calls the deeds of every slice."""

from staff.rules.deeds import name_deeds

DEEDS = {
    "set_up": "はじめの準備",
    "change_settings": "設定の変更",
    "add_product": "品目の登録",
    "edit_product": "品目の訂正",
    "add_place": "置場の追加",
    "move_lot": "移動",
    "write_off": "廃棄",
    "reverse_movement": "入出庫の取消",
    "add_organization": "団体の登録",
    "edit_organization": "団体の訂正",
    "add_agreement": "合意書の登録",
    "end_agreement": "合意書の終了",
    "log_donation": "寄付の登録",
    "inspect_donation": "検品",
    "open_case": "ケースの開始",
    "find_case": "ケースをさがす",
    "pack_parcel": "包みの用意",
    "hand_over": "引き渡し",
    "cancel_parcel": "用意の取消",
    "return_lines": "返品",
}

SUBJECTS = {
    "desk": "窓口",
    "product": "品目",
    "place": "置場",
    "lot": "ロット",
    "organization": "団体",
    "donation": "寄付",
    "case": "ケース",
    "parcel": "包み",
}


def name_every_deed() -> None:
    name_deeds(DEEDS, SUBJECTS)
