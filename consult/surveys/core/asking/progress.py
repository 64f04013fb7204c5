"""How far somebody is, without lying about what routing may still bring."""

from dataclasses import dataclass

from consult.surveys.core.asking.conditions import Condition, Rule
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.base import Question


@dataclass(frozen=True, slots=True)
class Progress:
    """``number``: the place of this page among those that somebody came by, from 1. ``most_left``:
    how many pages can still follow at most; without routing exactly so many."""

    number: int
    most_left: int

    @property
    def permille(self) -> int:
        """What is behind her, in thousandths of what there is at most, this page not counted."""
        return 1000 * (self.number - 1) // (self.number + self.most_left)


def progress(questionnaire: Questionnaire, answers: Answers, question_id: str) -> Progress:
    """How far somebody with ``answers`` is on the page of that question.

    Pages behind count as they were reached, pages ahead as long as an answer that is not given yet
    may still reach them. So the share done never falls while somebody goes on.

    Raises:
        ValueError: a question that she does not come by.
    """
    reached = questionnaire.asked(answers)
    number = next((n for n, q in enumerate(reached, 1) if q.id == question_id), 0)
    if not number:
        raise ValueError(f"{question_id} is not reached")
    behind = {q.id for q in reached[:number]}
    settled = {key: answer for key, answer in answers.items() if key in behind}
    settled.pop(question_id, None)
    open_questions: set[str] = {question_id}
    left = 0
    for section, question in _in_order(questionnaire):
        if question.id in behind:
            continue
        if _after(questionnaire, question_id, question.id) and _may_hold(
            section, question, settled, open_questions
        ):
            left += 1
            open_questions.add(question.id)
    return Progress(number, left)


def _in_order(questionnaire: Questionnaire) -> list[tuple[Condition, Question]]:
    return [(s.when, q) for s in questionnaire.sections for q in s.questions]


def _after(questionnaire: Questionnaire, here: str, there: str) -> bool:
    order = [q.id for q in questionnaire.questions]
    return order.index(there) > order.index(here)


def _may_hold(
    section: Condition, question: Question, settled: Answers, open_questions: set[str]
) -> bool:
    return all(
        _possible(condition, settled, open_questions) for condition in (section, question.when)
    )


def _possible(condition: Condition, settled: Answers, open_questions: set[str]) -> bool:
    if not condition.rules:
        return True
    held = (_rule_possible(rule, settled, open_questions) for rule in condition.rules)
    return all(held) if condition.every else any(held)


def _rule_possible(rule: Rule, settled: Answers, open_questions: set[str]) -> bool:
    return rule.question in open_questions or rule.holds(settled.get(rule.question))
