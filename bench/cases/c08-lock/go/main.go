// Goroutines on one thread, and a mutex.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

const turnsEach = 100
const times = 5

func mustBe(what string, actual, expected int) {
	if actual != expected {
		panic(fmt.Sprintf("%s is %d, not %d", what, actual, expected))
	}
}

func body(size int) {
	var lock sync.Mutex
	var all sync.WaitGroup
	holders, taken := 0, 0
	for k := 0; k < size/turnsEach; k++ {
		all.Add(1)
		go func() {
			for i := 0; i < turnsEach; i++ {
				lock.Lock()
				holders++
				mustBe("the number of holders", holders, 1)
				runtime.Gosched()
				holders--
				taken++
				lock.Unlock()
			}
			all.Done()
		}()
	}
	all.Wait()
	mustBe("the number of turns taken", taken, size)
}

func main() {
	runtime.GOMAXPROCS(1)
	size, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	fmt.Print("R\tturn with the lock\tns")
	for round := 0; round < 11; round++ {
		runtime.GC()
		start := time.Now()
		for i := 0; i < times; i++ {
			body(size)
		}
		if round >= 2 {
			fmt.Printf("\t%.6g", float64(time.Since(start).Nanoseconds())/float64(size*times))
		}
	}
	fmt.Println()
}
