// Two goroutines on one thread, giving way to each other.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	size, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	fmt.Print("R\tswitch\tns")
	for round := 0; round < 7; round++ {
		runtime.GC()
		start := time.Now()
		var both sync.WaitGroup
		both.Add(2)
		for k := 0; k < 2; k++ {
			go func() {
				for i := 0; i < size/2; i++ {
					runtime.Gosched()
				}
				both.Done()
			}()
		}
		both.Wait()
		if round >= 2 {
			fmt.Printf("\t%.6g", float64(time.Since(start).Nanoseconds())/float64(size))
		}
	}
	fmt.Println()
}
