{"id":1,"jsonrpc":"2.0","method":"bugreport.make","params":{"clientVersion":"0.1.0","offline":true}}
