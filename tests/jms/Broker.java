// An ActiveMQ Classic broker for one test, persistent and on loopback; without JMX, Jetty and Spring it starts in a second.
//
//   java Broker data=FOLDER openwire=PORT stomp=PORT [user=NAME password=WORD] [tls=PORT certificate=PEM key=PEM]
//
// Its life is its standard input: the line "openwire" opens that connector, "stomp" that one (and STOMP over TLS), and the
// word comes back on standard output when clients can connect. At its end the broker stops in good order.

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.SslBrokerService;
import org.apache.activemq.broker.SslContext;
import org.apache.activemq.broker.region.policy.ConstantPendingMessageLimitStrategy;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.security.AuthenticationUser;
import org.apache.activemq.security.SimpleAuthenticationPlugin;
import org.apache.activemq.store.kahadb.KahaDBStore;

public class Broker {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            options.put(pair[0], pair[1]);
        }
        BrokerService broker = new SslBrokerService();
        broker.setBrokerName("test");
        broker.setUseJmx(false);
        broker.setDataDirectory(options.get("data"));
        KahaDBStore store = new KahaDBStore();
        store.setDirectory(new File(options.get("data"), "kahadb"));
        store.setJournalMaxFileLength(1 << 20);
        broker.setPersistenceAdapter(store);
        broker.getSystemUsage().getMemoryUsage().setLimit(32 << 20);
        broker.getSystemUsage().getStoreUsage().setLimit(64 << 20);
        broker.getSystemUsage().getTempUsage().setLimit(64 << 20);
        // As in ActiveMQ's stock configuration: who reads no topic loses messages, and stops nobody else's.
        ConstantPendingMessageLimitStrategy limit = new ConstantPendingMessageLimitStrategy();
        limit.setLimit(1000);
        PolicyEntry topics = new PolicyEntry();
        topics.setTopic(">");
        topics.setPendingMessageLimitStrategy(limit);
        PolicyMap policies = new PolicyMap();
        policies.setPolicyEntries(List.of(topics));
        broker.setDestinationPolicy(policies);
        if (options.containsKey("user")) {
            AuthenticationUser user = new AuthenticationUser(options.get("user"), options.get("password"), "users");
            SimpleAuthenticationPlugin login = new SimpleAuthenticationPlugin(List.of(user));
            login.setAnonymousAccessAllowed(false);
            broker.setPlugins(new BrokerPlugin[] {login});
        }
        if (options.containsKey("tls")) {
            SslContext context = new SslContext(keys(options), new TrustManager[0], null);
            broker.setSslContext(context);
            SslContext.setCurrentSslContext(context);
        }
        broker.start();
        broker.waitUntilStarted();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("openwire")) {
                open(broker, "tcp", options.get("openwire"));
            } else if (line.equals("stomp")) {
                open(broker, "stomp", options.get("stomp"));
                if (options.containsKey("tls")) {
                    open(broker, "stomp+ssl", options.get("tls"));
                }
            }
            System.out.println(line);
        }
        broker.stop();
        System.exit(0);
    }

    private static void open(BrokerService broker, String scheme, String port) throws Exception {
        broker.startTransportConnector(broker.addConnector(scheme + "://127.0.0.1:" + port));
    }

    private static KeyManager[] keys(Map<String, String> options) throws Exception {
        byte[] pem = Files.readAllBytes(Path.of(options.get("certificate")));
        Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        String text = Files.readString(Path.of(options.get("key"))).replaceAll("-----[^-]*-----|\\s", "");
        PrivateKey key =
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("broker", key, new char[0], new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }
}
