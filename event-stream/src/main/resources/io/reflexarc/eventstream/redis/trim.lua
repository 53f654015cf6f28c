-- Drops entries below a position and notes how many bytes have left.
-- ARGV: inbox, first position to keep, last position to drop
local prefix, inbox = KEYS[1], ARGV[1]
if redis.call('EXISTS', prefix .. 'hold') == 1 then return redis.status_reply('OK') end -- a backup is being taken
local key, meta = prefix .. 'inbox:' .. inbox, prefix .. 'meta:' .. inbox
if redis.call('XTRIM', key, 'MINID', '=', ARGV[2]) == 0 then return redis.status_reply('OK') end
redis.call('HSET', meta, 'trimmed', ARGV[3])
local first = redis.call('XRANGE', key, '-', '+', 'COUNT', 1)[1]
local base
if first then
  local field = {}
  for n = 1, #first[2], 2 do field[first[2][n]] = first[2][n + 1] end
  base = tonumber(field['c']) - #field['b'] - 128
else
  base = tonumber(redis.call('HGET', meta, 'bytes') or 0)
end
redis.call('HSET', meta, 'base', string.format('%.0f', base))
return redis.status_reply('OK')
