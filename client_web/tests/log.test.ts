import { describe, expect, test } from "vitest";
import * as logs from "../src/log";
import type { Log } from "../src/log";
import type { Frame } from "../src/wire";
import { removed, restored, said } from "./server";

const all = (frames: Frame[], log: Log = logs.EMPTY): Log => frames.reduce(logs.heard, log);
const texts = (log: Log): string[] => logs.shown(log).map((entry) => (entry.kind === "message" ? entry.text : "gone"));

describe("a log", () => {
  test("is the same from any order and any repetition of its frames", () => {
    const frames = [said(1), said(2), said(3), removed(4, 2), said(5), removed(6, 3), restored(7, 3)];
    const fresh = all(frames);
    const shuffled = [frames[6]!, frames[2]!, frames[0]!, frames[5]!, frames[3]!, frames[1]!, frames[4]!, frames[2]!, frames[0]!];
    expect(all(shuffled).entries).toEqual(fresh.entries);
    expect(texts(fresh)).toEqual(["words 1", "gone", "words 3", "words 5"]);
  });

  test("after missed events equals a fresh one, where the stream no longer holds what was removed", () => {
    const old = all([said(1), said(2), said(3)]);
    const missed = [removed(4, 2), said(5)];
    const kept = [said(1), said(3), removed(4, 2), said(5)];
    expect(all(missed, old)).toEqual(all(kept));
  });

  test("shows no hole for a number that was removed before we came", () => {
    expect(texts(all([said(10), said(12)]))).toEqual(["words 10", "words 12"]);
    expect(texts(all([said(10), removed(13, 2)]))).toEqual(["words 10"]);
  });

  test("puts earlier messages before the others and knows when there are no more", () => {
    const log = logs.earlier(all([said(8), said(9)]), [said(6), said(7)], false);
    expect(texts(log)).toEqual(["words 6", "words 7", "words 8", "words 9"]);
    expect(log.complete).toBe(true);
  });

  test("keeps what was shown on screen until the new history has come, then joins them by id", () => {
    const old = all([said(1), said(2), said(3)]);
    const anew = logs.restarted(old);
    expect(texts(anew)).toEqual(["words 1", "words 2", "words 3"]);
    const settled = logs.settled(all([said(2), said(3), said(4)], anew), false);
    expect(texts(settled)).toEqual(["words 1", "words 2", "words 3", "words 4"]);
    expect(settled.gaps).toEqual([]);
  });

  test("marks a gap after a new epoch only if a message it held is gone", () => {
    const old = all([said(1), said(2), said(3)]);
    const settled = logs.settled(all([said(1), said(2), said(3, "another", { id: "other" })], logs.restarted(old)), false);
    expect(texts(settled)).toEqual(["words 1", "words 2", "another"]);
    expect(settled.gaps).toEqual([2]);
  });

  test("takes no removed message for a gap", () => {
    const old = all([said(1), said(2), said(3)]);
    const settled = logs.settled(all([said(1), said(3), removed(4, 2)], logs.restarted(old)), false);
    expect(texts(settled)).toEqual(["words 1", "gone", "words 3"]);
    expect(settled.gaps).toEqual([]);
  });

  test("marks a gap where what was missed is no longer kept", () => {
    const old = all([said(1), said(2)]);
    const settled = logs.settled(all([said(90), said(91)], logs.restarted(old)), true);
    expect(texts(settled)).toEqual(["words 1", "words 2", "words 90", "words 91"]);
    expect(settled.gaps).toEqual([2]);
  });

  test("knows which messages a new epoch has lost, and marks them at its end", () => {
    const anew = logs.restarted(all([said(1), said(2), said(3), said(4)]));
    const come = all([said(1), said(2)], anew);
    expect(logs.lost(come).map((message) => message.seq)).toEqual([3, 4]);
    const settled = logs.settled(come, false);
    expect(texts(settled)).toEqual(["words 1", "words 2"]);
    expect(settled.gaps).toEqual([2]);
    expect(logs.lost(settled)).toEqual([]);
  });

  test("shows nothing of what a store that came back empty has lost, and takes its new numbers", () => {
    const anew = logs.restarted(all([said(1), said(2)]));
    expect(logs.lost(anew).map((message) => message.text)).toEqual(["words 1", "words 2"]);
    const settled = logs.settled(anew, false);
    expect(texts(settled)).toEqual([]);
    expect(settled.gaps).toEqual([0]);
    const later = said(1, "the first of the new ones", { id: "n1", at: 9_000_000 });
    expect(texts(all([later], settled))).toEqual(["the first of the new ones"]);
  });

  test("joins to a new epoch only what it can find in both", () => {
    const anew = logs.restarted(all([said(1), said(2)]));
    const others = [7, 8].map((seq) => said(seq, `other ${seq}`, { id: `n${seq}` }));
    expect(texts(logs.settled(all(others, anew), false))).toEqual(["other 7", "other 8"]);
  });

  test("calls nothing lost that the new history does not reach back to", () => {
    const anew = logs.restarted(all([said(1), said(2), said(60)]));
    expect(logs.lost(all([said(60), said(61)], anew))).toEqual([]);
    expect(texts(logs.settled(all([said(60), said(61)], anew), false))).toEqual(["words 1", "words 2", "words 60", "words 61"]);
  });

  test("stays bounded", () => {
    const log = all(Array.from({ length: 1_200 }, (_, index) => said(index + 1)));
    expect(log.entries).toHaveLength(1_000);
    expect(log.from).toBe(201);
  });
});
