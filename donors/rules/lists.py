"""Lists that a new database begins with; each can be edited later (domain 1 and 4)."""

REFUSAL_REASONS = (
    "期限切れ",
    "残日数不足",
    "期限記載なし",
    "開封済",
    "破損・中身露出",
    "汚れ・臭い",
    "要冷蔵・冷凍",
    "生鮮",
    "消費期限品",
    "アルコール",
    "手作り",
    "日本語表示なし",
    "アレルギー表示なし",
    "医薬品・サプリ",
    "古米",
    "ペットフード",
    "リコール対象",
    "その他",
)

NETWORKS = ("みなまるねっと", "大阪しあわせネットワーク")
