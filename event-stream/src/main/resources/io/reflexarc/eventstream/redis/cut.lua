-- Where everything stands in one moment.
-- ARGV: how many inboxes, inboxes, streams
-- Answers the incarnation or '', then for each inbox: its last position or '', its counts, what it is bound to; then for each
-- stream: its last position or '', its counts.
local prefix, count = KEYS[1], tonumber(ARGV[1])
local function last(key)
  local entry = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
  return entry and entry[1] or ''
end
local answer = { redis.call('GET', prefix .. 'incarnation') or '' }
for n = 2, count + 1 do
  answer[#answer + 1] = { last(prefix .. 'inbox:' .. ARGV[n]), redis.call('HGETALL', prefix .. 'meta:' .. ARGV[n]),
    redis.call('SMEMBERS', prefix .. 'bound:' .. ARGV[n]) }
end
for n = count + 2, #ARGV do
  answer[#answer + 1] = { last(prefix .. 'history:' .. ARGV[n]), redis.call('HGETALL', prefix .. 'kept:' .. ARGV[n]) }
end
return answer
