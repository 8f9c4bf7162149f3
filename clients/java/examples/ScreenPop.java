import io.github.genericconnector.Client;
import io.github.genericconnector.SessionListener;
import io.github.genericconnector.v1.Event;

/** Tells who calls an agent while the phone rings. */
final class ScreenPop implements SessionListener {
  public static void main(String[] arguments) throws InterruptedException {
    try (var client = Client.builder(System.getenv("GC_ADDRESS")).build();
        var session = client.connect(System.getenv("GC_AGENT"), System.getenv("GC_PASSWORD"))) {
      System.out.println("waiting for calls of " + session.view().info().getFirstName());
      session.addListener(new ScreenPop());
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
