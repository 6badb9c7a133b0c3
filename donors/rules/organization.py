"""What kinds of givers there are."""

from kernel.terms import Term


class OrganizationKind(Term):
    """What an organisation is; a person counts as one too."""

    WELFARE_CORPORATION = "welfare_corporation", "社会福祉法人"
    COMPANY = "company", "企業"
    GROUP = "group", "団体"
    GOVERNMENT = "government", "行政"
    FOOD_BANK = "food_bank", "他のフードバンク"
    INDIVIDUAL = "individual", "個人"
