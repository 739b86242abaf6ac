// Two goroutines on one thread, over channels with room for as many items.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"
)

func mustBe(what string, actual, expected int) {
	if actual != expected {
		panic(fmt.Sprintf("%s is %d, not %d", what, actual, expected))
	}
}

func pingPong(size int) {
	there, back := make(chan int, 1), make(chan int, 1)
	go func() {
		for i := 0; i < size; i++ {
			back <- <-there
		}
	}()
	for i := 0; i < size; i++ {
		there <- i
		mustBe("what came back", <-back, i)
	}
}

func through(size, room int) {
	queue := make(chan int, room)
	go func() {
		for i := 0; i < size; i++ {
			queue <- i
		}
	}()
	for i := 0; i < size; i++ {
		mustBe("the next item", <-queue, i)
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	size, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	metrics := []string{"ping-pong", "producer to consumer, size 1", "producer to consumer, size 100"}
	bodies := []func(){
		func() { pingPong(size) },
		func() { through(size, 1) },
		func() { through(size, 100) },
	}
	lines := make([]string, len(bodies))
	for round := 0; round < 11; round++ {
		for k, body := range bodies {
			runtime.GC()
			start := time.Now()
			body()
			if round >= 2 {
				lines[k] += fmt.Sprintf("\t%.6g", float64(time.Since(start).Nanoseconds())/float64(size))
			}
		}
	}
	for k, line := range lines {
		fmt.Printf("R\t%s\tns%s\n", metrics[k], line)
	}
}
