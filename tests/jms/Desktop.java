// A desktop of the old Generic Connector, as one would write it: JMS over OpenWire, commands to a queue, events from a topic.
//
//   java Desktop URL DESTINATION QUEUE [USER PASSWORD]
//
// Standard input, one command a line, its parts parted by tabs:   HOW  TYPE  [BODY]
//   HOW is "text" or "bytes" (the class of the message), then any of "+persistent" and "+age=MILLISECONDS" (an old timestamp);
//   without BODY the message has none (null). Example:   text+persistent  Login#1001  demo,2001
//
// Standard output, one line each, its parts parted by tabs:
//   subscribed                                    once, when events can come
//   interrupted, resumed                          the connection to the broker is gone, is back
//   event  CLASS  DELIVERY-MODE  REDELIVERED  BODY    for example   event  TextMessage  NON_PERSISTENT  first  {"type":…}

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.jms.BytesMessage;
import javax.jms.DeliveryMode;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageProducer;
import javax.jms.Session;
import javax.jms.TextMessage;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.transport.DefaultTransportListener;

public class Desktop {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(arguments[0]);
        if (arguments.length > 3) {
            factory.setUserName(arguments[3]);
            factory.setPassword(arguments[4]);
        }
        ActiveMQConnection connection = (ActiveMQConnection) factory.createConnection();
        connection.addTransportListener(new DefaultTransportListener() {
            @Override
            public void transportInterupted() {
                OUT.println("interrupted");
            }

            @Override
            public void transportResumed() {
                OUT.println("resumed");
            }
        });
        Session events = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        events.createConsumer(events.createTopic(arguments[1])).setMessageListener(Desktop::show);
        connection.start();
        Session commands = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = commands.createProducer(commands.createQueue(arguments[2]));
        producer.setPriority(0);
        OUT.println("subscribed");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            send(commands, producer, line.split("\t", 3));
        }
        connection.close();
    }

    private static void send(Session session, MessageProducer producer, String[] parts) throws JMSException {
        String[] how = parts[0].split("\\+");
        String body = parts.length > 2 ? parts[2] : null;
        Message message;
        if (how[0].equals("bytes")) {
            message = session.createBytesMessage();
            if (body != null) {
                ((BytesMessage) message).writeBytes(body.getBytes(StandardCharsets.UTF_8));
            }
        } else {
            message = session.createTextMessage(body);
        }
        message.setJMSType(parts[1]);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setDisableMessageTimestamp(false);
        for (String word : how) {
            if (word.equals("persistent")) {
                producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            } else if (word.startsWith("age=")) {
                producer.setDisableMessageTimestamp(true);
                message.setJMSTimestamp(System.currentTimeMillis() - Long.parseLong(word.substring(4)));
            }
        }
        producer.send(message);
    }

    private static void show(Message message) {
        try {
            String kind = message instanceof TextMessage ? "TextMessage" : message.getClass().getSimpleName();
            String mode = message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT ? "PERSISTENT" : "NON_PERSISTENT";
            String again = message.getJMSRedelivered() ? "redelivered" : "first";
            String body = message instanceof TextMessage ? ((TextMessage) message).getText() : "";
            OUT.println(String.join("\t", "event", kind, mode, again, body));
        } catch (JMSException error) {
            OUT.println("broken\t" + error);
        }
    }
}
