// Screenpop signs an agent in and tells who calls.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"os"

	"github.com/generic-connector/generic-connector/clients/go/gc"
	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

func main() {
	ctx := context.Background()
	address := cmp.Or(os.Getenv("GC_ADDRESS"), "http://127.0.0.1:50051")
	client, err := gc.NewClient(address)
	check(err)
	defer client.Close()
	session, err := client.Connect(ctx, gc.Credentials{AgentID: "1001", Password: "demo"})
	check(err)
	items := session.Events(ctx)
	_, err = session.Login(ctx, "2001")
	check(err)
	fmt.Println("waiting for calls")
	for item := range items {
		if event, ok := item.(gc.EventItem); ok {
			if offered, ok := event.GetPayload().(*gcv1.Event_DialogOffered); ok {
				dialog := offered.DialogOffered.GetDialog()
				fmt.Println("calling:", dialog.GetFromAddress(), "data:", dialog.GetVariables())
			}
		}
	}
	check(session.Err())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
