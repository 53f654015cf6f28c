-- Entries after a position and the stamp of the oldest of them. Every entry knows its number, so nothing is counted.
-- ARGV: incarnation, inbox, position
local prefix, key = KEYS[1], KEYS[1] .. 'inbox:' .. ARGV[2]
if redis.call('GET', prefix .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end
local oldest = redis.call('XRANGE', key, '(' .. ARGV[3], '+', 'COUNT', 1)[1]
if not oldest then return { 0, '0' } end
local field = {}
for n = 1, #oldest[2], 2 do field[oldest[2][n]] = oldest[2][n + 1] end
local last = tonumber(redis.call('HGET', prefix .. 'meta:' .. ARGV[2], 'entries') or 0)
return { last - tonumber(field['n']) + 1, field['t'] }
