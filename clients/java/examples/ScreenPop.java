import io.github.genericconnector.Client;
import io.github.genericconnector.SessionListener;
import io.github.genericconnector.v1.Event;

/** Signs an agent in, and tells who calls. */
final class ScreenPop implements SessionListener {
  public static void main(String[] arguments) throws InterruptedException {
    try (var client = Client.builder(arguments[0]).build();
        var session = client.connect("1001", "demo")) {
      session.addListener(new ScreenPop());
      session.login("2001");
      System.out.println("waiting for calls");
      Thread.currentThread().join(); // until the program is stopped
    }
  }

  @Override
  public void onEvent(Event event) {
    if (event.hasDialogOffered()) {
      var call = event.getDialogOffered().getDialog();
      System.out.println("call from " + call.getFromAddress());
      call.getVariablesList().forEach(it -> System.out.println(it.getName() + "=" + it.getValue()));
    }
  }
}
