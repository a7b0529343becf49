"""Requests that come at the same time are answered by one run."""

import asyncio

from your_package.serving.batching import Batcher


def ask_at_once(answer, *rows):
    async def ask():
        batcher = Batcher(answer)
        return await asyncio.gather(*map(batcher.ask, rows), return_exceptions=True)

    return asyncio.run(ask())


def test_what_came_together_is_answered_together_each_with_its_own_answer():
    runs = []

    def answer(rows):
        runs.append(rows)
        return [b"%d" % (2 * row) for row in rows]

    assert ask_at_once(answer, 1, 2, 3) == [b"2", b"4", b"6"]
    assert runs == [[1, 2, 3]]


def test_one_that_fails_fails_alone():
    def answer(rows):
        return [b"%d" % (6 // row) for row in rows]

    first, broken, last = ask_at_once(answer, 1, 0, 3)
    assert (first, last) == (b"6", b"2")
    assert isinstance(broken, ZeroDivisionError)


def test_one_that_was_given_up_leaves_the_others_their_answers():
    async def ask():
        batcher = Batcher(lambda rows: [b"answer"] * len(rows))
        gone, stays = (asyncio.ensure_future(batcher.ask(row)) for row in (1, 2))
        await asyncio.sleep(0)
        gone.cancel()
        return await asyncio.gather(gone, stays, return_exceptions=True)

    cancelled, answered = asyncio.run(ask())
    assert isinstance(cancelled, asyncio.CancelledError)
    assert answered == b"answer"
