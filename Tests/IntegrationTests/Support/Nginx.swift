import FoundationEssentials
import FonanaServer
import FonanaTestSupport
import Testing

/// Debian's nginx in front of a reference server, with TLS and HTTP/2, as the platform runs it.
enum Nginx {
  /// What the platform's proxy does with the WebSocket's token.
  enum TokenLoss: Sendable, CaseIterable {
    case nothing, query, header, both
  }

  /// Unpacked by "make deps", or installed.
  static let path = [
    "\(Products.repository)/.build-tools/nginx/usr/sbin/nginx", "/usr/sbin/nginx",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Gives `body` the port of a proxy that presents `identity`.
  static func withProxy<R: Sendable>(
    to server: ReferenceServer, as identity: CertificateAuthority.Identity,
    in home: TemporaryHome, losing loss: TokenLoss = .nothing,
    _ body: (_ port: Int) async throws -> R
  ) async throws -> R {
    try await run(server, losing: loss, settings: tls(identity), in: home) { port, _ in
      try await body(port)
    }
  }

  /// Gives `body` the port of a proxy without TLS that is soon out of patience and lets small bodies
  /// only pass, and the proxy itself, whose log tells what it refused.
  static func withImpatientProxy<R: Sendable>(
    to server: ReferenceServer, in home: TemporaryHome,
    _ body: (_ port: Int, RunningProgram) async throws -> R
  ) async throws -> R {
    let settings = "client_max_body_size 4k; proxy_read_timeout 300ms;"
    return try await run(server, losing: .nothing, settings: settings, in: home, body)
  }

  /// Gives `body` the port of the site that `contrib/nginx/fonana.conf` makes, changed by `change`,
  /// and the proxy itself.
  static func withShippedSite<R: Sendable>(
    to server: ReferenceServer, as identity: CertificateAuthority.Identity,
    in home: TemporaryHome, _ change: (String) -> String = { $0 },
    _ body: (_ port: Int, RunningProgram) async throws -> R
  ) async throws -> R {
    var site = try TemporaryHome.text(at: "\(Products.repository)/contrib/nginx/fonana.conf")
    site = change(site)
    let port = try BlackHole().port  // one that is free now
    for (part, ours) in [
      ("listen 443 ", "listen 127.0.0.1:\(port) "),
      ("server_name fonana.me", "server_name localhost"),
      ("/etc/letsencrypt/live/fonana.me/fullchain.pem", identity.certificate),
      ("/etc/letsencrypt/live/fonana.me/privkey.pem", identity.key),
      (":3000", ":\(server.httpPort)"), (":3002", ":\(server.webSocketPort)"),
    ] { site.replace(part, with: ours) }
    return try await run(site, in: home) { try await body(port, $0) }
  }

  private static func run<R: Sendable>(
    _ server: ReferenceServer, losing loss: TokenLoss, settings: String, in home: TemporaryHome,
    _ body: (_ port: Int, RunningProgram) async throws -> R
  ) async throws -> R {
    let port = try BlackHole().port  // one that is free now
    let listen = settings.contains("ssl") ? "\(port) ssl http2" : "\(port)"
    let site = site(listen: listen, settings, server: server, loss: loss)
    return try await run(site, in: home) { try await body(port, $0) }
  }

  private static func run<R: Sendable>(
    _ site: String, in home: TemporaryHome, _ body: (RunningProgram) async throws -> R
  ) async throws -> R {
    let program = Program(try #require(path), environment: ["PATH": "/usr/bin:/bin"])
    let file = try home.write(configuration(site, folder: home.path), to: "nginx.conf")
    return try await program.withRunning(["-e", "stderr", "-p", home.path, "-c", file]) { nginx in
      // Written once all ports are open.
      let line = try await nginx.errors.nextLine(containing: "epoll")
      try #require(line != nil, "nginx: \(nginx.errors.text)")
      return try await body(nginx)
    }
  }

  /// As the platform runs it.
  private static func tls(_ identity: CertificateAuthority.Identity) -> String {
    """
    ssl_certificate \(identity.certificate);
    ssl_certificate_key \(identity.key);
    client_max_body_size 100m;
    proxy_read_timeout 300s;
    """
  }

  private static func site(
    listen: String, _ settings: String, server: ReferenceServer, loss: TokenLoss
  ) -> String {
    let uri = loss == .query || loss == .both ? "$uri" : "$request_uri"
    let header = loss == .header || loss == .both ? "\"\"" : "$http_authorization"
    return """
      server {
        listen 127.0.0.1:\(listen);
        server_name localhost;
        \(settings)
        location / {
          proxy_pass http://127.0.0.1:\(server.httpPort);
          proxy_set_header Host $host;
        }
        location /ws {
          proxy_pass http://127.0.0.1:\(server.webSocketPort)\(uri);
          proxy_set_header Authorization \(header);
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection "upgrade";
          proxy_set_header Host $host;
          proxy_read_timeout 300s;
        }
      }
      """
  }

  private static func configuration(_ site: String, folder: String) -> String {
    """
    daemon off;
    master_process off;
    pid \(folder)/nginx.pid;
    error_log stderr notice;
    events {}
    http {
      access_log off;
      client_body_temp_path \(folder)/t1;
      proxy_temp_path \(folder)/t2;
      fastcgi_temp_path \(folder)/t3;
      uwsgi_temp_path \(folder)/t4;
      scgi_temp_path \(folder)/t5;
      \(site)
    }
    """
  }
}
