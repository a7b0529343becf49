"""Requests that come at the same time are answered by one run."""

import asyncio

from ml_portfolio.serving.batching import Batcher


def ask_at_once(answer, *rows):
    async def ask():
        batcher = Batcher(answer)
        return await asyncio.gather(*map(batcher.ask, rows), return_exceptions=True)

    return asyncio.run(ask())


def test_simultaneous_requests_are_answered_together():
    runs = []

    def answer(rows):
        runs.append(rows)
        return [2 * row for row in rows]

    assert ask_at_once(answer, 1, 2, 3) == [2, 4, 6]
    assert runs == [[1, 2, 3]]


def test_one_that_fails_fails_alone():
    def answer(rows):
        return [6 // row for row in rows]

    first, broken, last = ask_at_once(answer, 1, 0, 3)
    assert (first, last) == (6, 2)
    assert isinstance(broken, ZeroDivisionError)


def test_the_others_are_answered_if_one_is_given_up():
    async def ask():
        batcher = Batcher(lambda rows: ["answer"] * len(rows))
        gone, stays = (asyncio.ensure_future(batcher.ask(row)) for row in (1, 2))
        await asyncio.sleep(0)
        gone.cancel()
        return await asyncio.gather(gone, stays, return_exceptions=True)

    cancelled, answered = asyncio.run(ask())
    assert isinstance(cancelled, asyncio.CancelledError)
    assert answered == "answer"
