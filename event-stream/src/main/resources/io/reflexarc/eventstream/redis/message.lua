-- Appends an outcome, a tick or a control entry to one inbox; bounds do not apply. An outcome is taken once per task.
-- ARGV: incarnation, inbox, kind, stamp, body, task or '', ms that a task is remembered
-- Answers the position, of the first one when it is a repeat.
local prefix, inbox = KEYS[1], ARGV[2]
if redis.call('GET', prefix .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end
local once = prefix .. 'outcome:' .. inbox .. ':' .. ARGV[6]
if ARGV[6] ~= '' then
  local first = redis.call('GET', once)
  if first then return first end
end
local meta = prefix .. 'meta:' .. inbox
local number = redis.call('HINCRBY', meta, 'entries', 1)
local bytes = redis.call('HINCRBY', meta, 'bytes', #ARGV[5] + 128)
local position = redis.call('XADD', prefix .. 'inbox:' .. inbox, '*', 'k', ARGV[3], 't', ARGV[4], 'b', ARGV[5],
  'n', string.format('%.0f', number), 'c', string.format('%.0f', bytes))
if ARGV[6] ~= '' then redis.call('SET', once, position, 'PX', ARGV[7]) end
return position
