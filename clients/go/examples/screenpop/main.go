// Screenpop signs an agent in and tells who calls.
package main

import (
	"context"
	"log"
	"os"

	"github.com/generic-connector/generic-connector/clients/go/gc"
)

func main() {
	ctx := context.Background()
	client := gc.Must(gc.NewClient(os.Args[1]))
	session := gc.Must(client.Connect(ctx, gc.Credentials{AgentID: "1001", Password: "demo"}))
	items := session.Events(ctx)
	gc.Must(session.Login(ctx, "2001"))
	log.Println("waiting for calls")
	for item := range items {
		if event, ok := item.(gc.EventItem); ok && event.GetDialogOffered() != nil {
			log.Println("calling:", event.GetDialogOffered().GetDialog().GetFromAddress())
		}
	}
	log.Fatal(session.Err())
}
