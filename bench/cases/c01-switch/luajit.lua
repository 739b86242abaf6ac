-- The floor's ring, of Lua's coroutines.
local size = tonumber(arg[1])
local yield, resume, status = coroutine.yield, coroutine.resume, coroutine.status

local function worker()
  for _ = 1, size / 2 do yield() end
end

local function drain()
  local ring = { [0] = coroutine.create(worker), coroutine.create(worker) }
  local head, tail = 0, 2
  while head < tail do
    local strand = ring[head % 1024]
    head = head + 1
    resume(strand)
    if status(strand) ~= "dead" then
      ring[tail % 1024] = strand
      tail = tail + 1
    end
  end
end

io.write("R\tswitch\tns")
for round = 1, 7 do
  collectgarbage()
  local start = os.clock()
  drain()
  if round > 2 then io.write(("\t%.6g"):format((os.clock() - start) * 1e9 / size)) end
end
io.write("\n")
