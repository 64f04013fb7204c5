"""An encrypted answer to one question, with the proofs that it is an allowed choice.

Specification 2.0, sections 4.11.1 (answers), 4.12 and 4.13 (their proofs). ``bound`` is the text
that ties the proofs to one election and one credential: "fingerprint|credential".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from consult.belenios import wire
from consult.belenios.cipher import Ciphertext, combine, encrypt, read_ciphertext
from consult.belenios.election import Question
from consult.belenios.group import Draw, P, Q, fresh, is_member, lower
from consult.belenios.invalid import Invalid
from consult.belenios.proof import Branch, Proof, check_any, prove_any, read_proofs


@dataclass(frozen=True)
class Answer:
    """One ciphertext for each place; with a blank, place 0 is the blank's."""

    choices: tuple[Ciphertext, ...]
    individual: tuple[tuple[Proof, ...], ...]
    overall: tuple[Proof, ...]
    blank: tuple[Proof, ...] | None = None

    def json(self) -> dict[str, object]:
        """The shape in files (4.11.1)."""
        shape: dict[str, object] = {
            "choices": [choice.json() for choice in self.choices],
            "individual_proofs": [[proof.json() for proof in pair] for pair in self.individual],
            "overall_proof": [proof.json() for proof in self.overall],
        }
        if self.blank is not None:
            shape["blank_proof"] = [proof.json() for proof in self.blank]
        return shape


def read_answer(value: wire.Json) -> Answer:
    """An answer from its JSON shape; form only."""
    names = ("choices", "individual_proofs", "overall_proof")
    fields = wire.record(value, "answer", *names, optional=("blank_proof",))
    pairs = wire.items(fields["individual_proofs"], "individual_proofs")
    blank = fields.get("blank_proof")
    return Answer(
        choices=tuple(map(read_ciphertext, wire.items(fields["choices"], "choices"))),
        individual=tuple(read_proofs(pair, "individual_proof") for pair in pairs),
        overall=read_proofs(fields["overall_proof"], "overall_proof"),
        blank=read_proofs(blank, "blank_proof") if "blank_proof" in fields else None,
    )


def largest(question: Question) -> Answer:
    """An answer as long as any can be: a measure of size, not a valid answer."""
    cell, proof = Ciphertext(P, P), Proof(Q, Q)
    return Answer(
        (cell,) * question.length,
        ((proof, proof),) * question.length,
        (proof,) * (question.max - question.min + 1 + question.blank),
        (proof, proof) if question.blank else None,
    )


def _whole(bound: str, choices: Sequence[Ciphertext]) -> str:
    return f"{bound}|" + ",".join(map(str, choices))


def _check_choice(question: Question, vector: Sequence[int]) -> None:
    if len(vector) != question.length or not set(vector) <= {0, 1}:
        raise Invalid("choice_length", expected=question.length)
    is_blank = question.blank and vector[0] == 1
    chosen = sum(vector[question.blank :])
    if (chosen != 0) if is_blank else not question.min <= chosen <= question.max:
        raise Invalid("choice_not_allowed", min=question.min, max=question.max)


def create_answer(
    question: Question, vector: Sequence[int], key: mpz, bound: str, draw: Draw
) -> Answer:
    """The answer that encrypts ``vector``: 0 or 1 for each place."""
    _check_choice(question, vector)
    hidden = [fresh(draw) for _ in vector]
    choices = [encrypt(key, r, m) for r, m in zip(hidden, vector, strict=True)]
    individual = tuple(
        tuple(prove_any(f"prove|{bound}|{choice}|", [Branch(r, m), Branch(r, m - 1)], key, draw))
        for choice, r, m in zip(choices, hidden, vector, strict=True)
    )
    whole = _whole(bound, choices)
    sum_r, sum_m = sum(hidden[question.blank :]) % Q, sum(vector[question.blank :])
    allowed = [Branch(sum_r, sum_m - m) for m in range(question.min, question.max + 1)]
    prefix, blank = f"prove|{whole}|{combine(choices)}|", None
    if question.blank:
        either = [Branch(hidden[0], vector[0]), Branch(sum_r, sum_m)]
        blank = tuple(prove_any(f"bproof0|{whole}|", either, key, draw))
        prefix = f"bproof1|{whole}|"
        allowed.insert(0, Branch(hidden[0], vector[0] - 1))
    return Answer(tuple(choices), individual, tuple(prove_any(prefix, allowed, key, draw)), blank)


def check_answer(question: Question, answer: Answer, key: mpz, bound: str) -> None:
    """Refuses an answer of the wrong length, outside the group, or with a proof that fails."""
    if len(answer.choices) != question.length or len(answer.individual) != question.length:
        raise Invalid("answer_length", expected=question.length)
    if (answer.blank is not None) != question.blank:
        raise Invalid("blank_proof_wrong")
    for choice, pair in zip(answer.choices, answer.individual, strict=True):
        if not (is_member(choice.alpha) and is_member(choice.beta)):
            raise Invalid("ciphertext_not_member")
        if not check_any(f"prove|{bound}|{choice}|", _one_of(choice, 0, 1), pair, key):
            raise Invalid("individual_proof_wrong")
    _check_overall(question, answer, key, _whole(bound, answer.choices))


def _check_overall(question: Question, answer: Answer, key: mpz, whole: str) -> None:
    total = combine(answer.choices[question.blank :])
    prefix = f"prove|{whole}|{total}|"
    allowed = _one_of(total, question.min, question.max)
    if answer.blank is not None:
        flag = answer.choices[0]
        if not check_any(f"bproof0|{whole}|", [flag, total], answer.blank, key):
            raise Invalid("blank_proof_wrong")
        prefix = f"bproof1|{whole}|"
        allowed.insert(0, Ciphertext(flag.alpha, lower(flag.beta, 1)))
    if not check_any(prefix, allowed, answer.overall, key):
        raise Invalid("overall_proof_wrong")


def _one_of(cipher: Ciphertext, least: int, most: int) -> list[Ciphertext]:
    """Statements "this encrypts m" for each m, each as "this, lowered by m, encrypts 0"."""
    return [Ciphertext(cipher.alpha, lower(cipher.beta, m)) for m in range(least, most + 1)]
