{"id":1,"jsonrpc":"2.0","method":"account.login","params":{"keepNew":false,"proof":null,"server":null,"wallet":"4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T"}}
