"""The page of the day: what needs me, and the quickest ways to record something."""
