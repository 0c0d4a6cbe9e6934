"""Working days, deadlines, and "why is it due then": pure functions over calendar tables that are data.

``days`` says what kind of day a day is, ``tables`` reads tables, ``spans`` holds pauses, ``deadlines`` counts.
Days are civil dates of Asia/Shanghai, which has no summer time in the years that are taken here.
"""
