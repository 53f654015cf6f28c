-- Removes an inbox and its bindings.
-- ARGV: inbox
local prefix, inbox = KEYS[1], ARGV[1]
local bound = prefix .. 'bound:' .. inbox
for _, stream in ipairs(redis.call('SMEMBERS', bound)) do
  redis.call('SREM', prefix .. 'bindings:' .. stream, inbox)
end
redis.call('DEL', bound, prefix .. 'inbox:' .. inbox, prefix .. 'meta:' .. inbox)
return redis.status_reply('OK')
