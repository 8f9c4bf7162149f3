// Clicktodial calls a number for an agent, as a click on it in a CRM would, and tells what becomes of the call.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/generic-connector/generic-connector/clients/go/gc"
	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

func main() {
	address := flag.String("address", cmp.Or(os.Getenv("GC_ADDRESS"), "http://127.0.0.1:50051"), "the service")
	agent := flag.String("agent", cmp.Or(os.Getenv("GC_AGENT"), "1001"), "the agent's login id")
	extension := flag.String("extension", "2001", "the agent's extension")
	number := flag.String("number", "5551234", "the number to call")
	flag.Parse()
	if err := dial(context.Background(), *address, *agent, *extension, *number); err != nil {
		log.Fatal(err)
	}
}

func dial(ctx context.Context, address, agent, extension, number string) error {
	client, err := gc.NewClient(address, gc.WithClientName("click-to-dial"))
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	password := cmp.Or(os.Getenv("GC_PASSWORD"), "demo")
	session, err := client.Connect(ctx, gc.Credentials{AgentID: agent, Password: password})
	if err != nil {
		return err
	}
	if _, err := session.Login(ctx, extension); err != nil {
		return err
	}
	// From here on: what happens before the loop begins waits for it.
	items := session.Events(ctx)
	made, err := session.MakeCall(ctx, number)
	var refused *gc.Error
	if errors.As(err, &refused) {
		fmt.Println("refused:", refused.ReasonName, refused.Message)
		return nil
	} else if err != nil {
		return err
	}
	call := made.GetDialog().GetId()
	fmt.Println("dialling", number)
	var released bool
	for item := range items {
		event, _ := item.(gc.EventItem)
		switch payload := event.Event.GetPayload().(type) {
		case *gcv1.Event_DialogChanged:
			if dialog := payload.DialogChanged.GetDialog(); dialog.GetId() == call {
				fmt.Println("the call is", dialog.GetState())
				if dialog.GetState() == gcv1.DialogState_DIALOG_STATE_ACTIVE && !released {
					released = true
					if _, err := session.ReleaseCall(ctx, call); err != nil {
						return err
					}
				}
			}
		case *gcv1.Event_DialogEnded:
			if payload.DialogEnded.GetDialog().GetId() == call {
				fmt.Println("the call is over")
				return nil
			}
		}
	}
	return session.Err()
}
