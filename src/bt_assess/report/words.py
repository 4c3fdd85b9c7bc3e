from bt_assess.core.scoring import *
def status_words(s): return {"placed": (s.stage or "")+(" ?" if s.confidence=="tentative" else ""),"mixed":"mixed picture","not_recognised":"not recognised","not_enough":"not enough answers"}[s.status]
def status_sentence(s,t): return f"Your answers place {t.name} at {s.stage}."
def day(d): d=d.astimezone(); return f"{d.day} {d:%b %Y}"
def who(s): return " · ".join(x for x in (s.respondent,s.team) if x) or "No name given"
