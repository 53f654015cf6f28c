-- History of a stream, newest first.
-- ARGV: stream, event id to start below or '', how many
local prefix, stream = KEYS[1], ARGV[1]
local from = '+'
if ARGV[2] ~= '' then
  local place = redis.call('HGET', prefix .. 'index', ARGV[2])
  if not place or string.sub(place, 1, #stream) ~= stream then return {} end
  from = '(' .. string.sub(place, #stream + 2)
end
return redis.call('XREVRANGE', prefix .. 'history:' .. stream, from, '-', 'COUNT', ARGV[3])
