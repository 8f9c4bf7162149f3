// Screenpop signs an agent in and tells who calls.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/generic-connector/generic-connector/clients/go/gc"
)

func main() {
	ctx := context.Background()
	client := must(gc.NewClient(os.Args[1]))
	session := must(client.Connect(ctx, gc.Credentials{AgentID: "1001", Password: "demo"}))
	items := session.Events(ctx)
	must(session.Login(ctx, "2001"))
	fmt.Println("waiting for calls")
	for item := range items {
		if event, ok := item.(gc.EventItem); ok && event.GetDialogOffered() != nil {
			fmt.Println("calling:", event.GetDialogOffered().GetDialog().GetFromAddress())
		}
	}
	log.Fatal(session.Err())
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
