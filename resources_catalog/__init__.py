"""What organisations offer besides food: housing, places, training slots, goods, people.

Resources with live slots, holds that expire, referrals that come back, and a
log of needs that nothing met. The terms are those of HSDS 3.1.
"""
