/// The block for nginx that loses nothing, as contrib/nginx/fonana.conf has it.
enum NginxBlock {
  static let text =
    "location /ws { proxy_pass http://127.0.0.1:3002$request_uri; proxy_http_version 1.1; "
    + "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\"; "
    + "proxy_set_header Authorization $http_authorization; proxy_set_header Host $host; "
    + "proxy_read_timeout 300s; }"

  static let hint = "The block that mends it for nginx: \(text)"
}
