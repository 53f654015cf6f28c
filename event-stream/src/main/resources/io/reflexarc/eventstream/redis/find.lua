-- One event of history: stream and entry, or nothing.
-- ARGV: event id
local place = redis.call('HGET', KEYS[1] .. 'index', ARGV[1])
if not place then return {} end
local stream, position = string.match(place, '^(%S+) (%S+)$')
local entry = redis.call('XRANGE', KEYS[1] .. 'history:' .. stream, position, position)[1]
if not entry then return {} end
return { stream, entry }
