-- Two coroutines, each resumed in turn by hand.
local size = tonumber(arg[1])
local yield, resume = coroutine.yield, coroutine.resume

local function endless()
  while true do yield() end
end

io.write("R\tswitch\tns")
for round = 1, 7 do
  collectgarbage()
  local first, second = coroutine.create(endless), coroutine.create(endless)
  local start = os.clock()
  for _ = 1, size / 2 do
    resume(first)
    resume(second)
  end
  if round > 2 then io.write(("\t%.6g"):format((os.clock() - start) * 1e9 / size)) end
end
io.write("\n")
