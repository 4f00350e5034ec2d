-- Asks Portcullis about a request: /etc/haproxy/portcullis.lua, for haproxy.cfg beside it.
local GATEWAY = "http://127.0.0.1:8080"

local NOT_PASSED_ON = {
  ["connection"] = true, ["content-length"] = true, ["expect"] = true, ["keep-alive"] = true, ["te"] = true,
  ["trailer"] = true, ["transfer-encoding"] = true, ["upgrade"] = true,
}

local FROM_GATEWAY = {
  "x-auth-subject", "x-auth-realm", "x-auth-email", "x-auth-role", "x-auth-amr", "x-auth-level", "x-auth-session",
  "x-auth-assertion", "x-request-id", "cookie", "authorization",
}

local ON_ANSWER = {
  request_id = "x-request-id", would_refuse = "x-2fa-would-refuse", mandatory_from = "x-2fa-mandatory-from",
}

local function question(txn)
  local headers = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if not NOT_PASSED_ON[name] then
      headers[name] = {}
      for i = 0, #values do
        table.insert(headers[name], values[i])
      end
    end
  end
  headers["x-forwarded-method"] = { txn.f:method() }
  headers["x-forwarded-uri"] = { txn.f:pathq() }
  return { url = GATEWAY .. "/auth/forward", headers = headers, timeout = 5000 }
end

local function let_through(txn, answer)
  for _, name in ipairs(FROM_GATEWAY) do
    txn.http:req_del_header(name)
    if answer.headers[name] then
      txn.http:req_set_header(name, answer.headers[name][0])
    end
  end
  for variable, name in pairs(ON_ANSWER) do
    if answer.headers[name] then
      txn:set_var("txn." .. variable, answer.headers[name][0])
    end
  end
end

local function refuse(txn, answer)
  local reply = txn:reply({ status = answer.status, reason = answer.reason })
  for name, values in pairs(answer.headers) do
    if not NOT_PASSED_ON[name] then
      for i = 0, #values do
        reply:add_header(name, values[i])
      end
    end
  end
  reply:set_body(answer.body or "")
  txn:done(reply)
end

core.register_action("portcullis", { "http-req" }, function(txn)
  local answer = core.httpclient():get(question(txn))
  if answer and answer.status == 200 then
    let_through(txn, answer)
  elseif answer and answer.status and answer.status >= 300 then
    refuse(txn, answer)
  else
    txn:done(txn:reply({ status = 502 })) -- nobody answered: nothing is let through
  end
end)
