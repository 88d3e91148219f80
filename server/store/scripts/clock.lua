-- Passage: `now`, the store's clock in milliseconds, and `now_us` in microseconds; every process agrees on it.
local clock = redis.call("TIME")
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local now_us = clock[1] * 1000000 + clock[2]
