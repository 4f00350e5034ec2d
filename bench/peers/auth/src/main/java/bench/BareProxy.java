package bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;

/** What Vert.x takes by itself: passes on whatever comes, checks nothing, counts nothing, limits nothing. With the gateway's sizes of chunks and pools. */
public final class BareProxy extends VerticleBase {
  private static final int CHUNK = 64 * 1024;

  private final int port;
  private final RequestOptions backend = new RequestOptions().setHost("127.0.0.1").setPort(18000);
  private HttpClientAgent client;

  private BareProxy(int port) { this.port = port; }

  public static void main(String[] args) {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    vertx.deployVerticle(() -> new BareProxy(Integer.parseInt(args[0])), new DeploymentOptions())
      .onFailure(failure -> { failure.printStackTrace(); System.exit(1); });
  }

  @Override public Future<?> start() {
    client = vertx.createHttpClient(new HttpClientOptions().setDecoderInitialBufferSize(1024).setMaxChunkSize(CHUNK), new PoolOptions().setHttp1MaxSize(2048));
    return vertx.createHttpServer(new HttpServerOptions().setStrictThreadMode(true).setAcceptBacklog(4096).setMaxChunkSize(CHUNK))
      .requestHandler(this::pass)
      .listen(port, "127.0.0.1");
  }

  private void pass(HttpServerRequest request) {
    request.pause();
    client.request(backend).compose(out -> {
      out.setMethod(request.method()).setURI(request.uri());
      copy(request.headers(), out.headers());
      boolean body = request.headers().contains(HttpHeaders.CONTENT_LENGTH);
      var sent = body ? request.pipeTo(out) : out.end();
      if (!body) request.resume();
      return sent.compose(done -> out.response());
    }).onComplete(answer -> back(request, answer), failure -> request.response().setStatusCode(502).end());
  }

  private static void back(HttpServerRequest request, HttpClientResponse answer) {
    var response = request.response().setStatusCode(answer.statusCode());
    copy(answer.headers(), response.headers());
    if (!answer.headers().contains(HttpHeaders.CONTENT_LENGTH)) response.setChunked(true);
    answer.pipeTo(response);
  }

  private static void copy(MultiMap from, MultiMap to) {
    for (Map.Entry<String, String> header : from) {
      var name = header.getKey();
      if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Connection") && !name.equalsIgnoreCase("Transfer-Encoding")) to.add(name, header.getValue());
    }
  }
}
