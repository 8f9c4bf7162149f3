// Stands for the old Generic Connector in the rehearsal of a roll-back: another consumer of the command queue.
//
//   java OldConnector URL QUEUE PRIORITY
//
// Its priority among the queue's consumers is the last argument. Each command it takes is a line "TYPE<tab>BODY" on standard
// output, after "consuming". Hello is answered on the topic that it names with a System event that says "from":"old".
// It ends with its standard input.

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.jms.Connection;
import javax.jms.DeliveryMode;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageProducer;
import javax.jms.Session;
import javax.jms.TextMessage;
import org.apache.activemq.ActiveMQConnectionFactory;

public class OldConnector {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        Connection connection = new ActiveMQConnectionFactory(arguments[0]).createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(null);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        String queue = arguments[1] + "?consumer.priority=" + arguments[2];
        session.createConsumer(session.createQueue(queue)).setMessageListener(message -> obey(session, producer, message));
        connection.start();
        OUT.println("consuming");
        while (System.in.read() >= 0) {}
        connection.close();
    }

    private static void obey(Session session, MessageProducer producer, Message message) {
        try {
            String type = message.getJMSType();
            String body = message instanceof TextMessage ? ((TextMessage) message).getText() : null;
            OUT.println(type + "\t" + (body == null ? "" : body));
            if (type.startsWith("Hello#")) {
                String event = "{\"type\":\"System\",\"status\":\"IN_SERVICE\",\"from\":\"old\"}";
                producer.send(session.createTopic(type.substring(6)), session.createTextMessage(event));
            }
        } catch (JMSException error) {
            OUT.println("broken\t" + error);
        }
    }
}
